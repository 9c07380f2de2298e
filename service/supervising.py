"""Two processes from one command: each part of a service is started, watched, started again, stopped with the others.

Whoever watches has no thread, no event loop and no connection, so that it can fork at any time; what the parts have in
common is loaded once. It dies with nothing left behind: a part ends when nobody watches it any more.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import structlog

log = structlog.get_logger("firstcall.serve")

COULD_NOT_START = 3
"""Exit status of a part that has nothing to run: at its first start the whole service ends with it."""
LONGEST_PAUSE = 30.0
"""Seconds before a part that ends again and again is started once more."""
RAN_WELL = 60.0
"""Seconds after which a part that ends is started again at once, as if it had never failed."""
STOP_WITHIN = 25.0
"""Seconds in which the parts have to end by themselves; then they are killed, and nothing that is stored is lost."""
LOOKS = 0.5
_PR_SET_PDEATHSIG = 1
"""Linux: prctl(2)."""


@dataclass
class Part:
    """One process. `run` returns its exit status."""

    name: str
    run: Callable[[], int]
    pid: int = 0
    began: float = 0.0
    """When it was started last (monotonic seconds)."""
    starts: int = 0
    failures: int = 0
    """How often in a row it has ended before it had run well."""
    start_at: float = 0.0


class Supervisor:
    """Keeps the parts running until a signal. `watch` answers the exit status: 0 after SIGTERM or SIGINT."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._stopping = False
        self._status = 0
        self._alive, self._lifeline = os.pipe()

    def watch(self) -> int:
        """Start the parts, and return when all have ended."""
        woken, wakes = socket.socketpair()
        for end in (woken, wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, self._told)
        signal.signal(signal.SIGCHLD, _nothing)
        gc.collect()
        gc.freeze()  # the parts share this memory until they write to it
        while not self._stopping:
            self._start_what_is_due()
            select.select([woken], [], [], LOOKS)
            with suppress(BlockingIOError):
                woken.recv(4096)
            self._see_who_ended()
        self._stop()
        return self._status

    def _told(self, *_: object) -> None:
        self._stopping = True

    def _start_what_is_due(self) -> None:
        for part in self.parts:
            if not part.pid and time.monotonic() >= part.start_at:
                self._start(part)

    def _start(self, part: Part) -> None:
        part.began, part.starts = time.monotonic(), part.starts + 1
        watcher = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be(part, watcher)
        part.pid = pid
        log.info("part_started", what=part.name, pid=pid, count=part.starts)

    def _be(self, part: Part, watcher: int) -> NoReturn:
        """The new process: never returns."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for told in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                signal.signal(told, signal.SIG_DFL)
            os.close(self._lifeline)
            _end_with(watcher, self._alive)
            status = part.run()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            log.exception("part_failed", what=part.name)
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _see_who_ended(self) -> None:
        for part in self.parts:
            if not part.pid:
                continue
            pid, how = os.waitpid(part.pid, os.WNOHANG)
            if pid:
                part.pid = 0
                self._ended(part, os.waitstatus_to_exitcode(how))

    def _ended(self, part: Part, status: int) -> None:
        """A part ended although nobody told it to."""
        if status == COULD_NOT_START and part.starts == 1:
            self._stopping, self._status = True, 1
            return
        ran = time.monotonic() - part.began
        part.failures = 1 if ran > RAN_WELL else part.failures + 1
        pause = 0.0 if part.failures == 1 else min(LONGEST_PAUSE, 2.0 ** (part.failures - 2))
        part.start_at = time.monotonic() + pause
        log.error("part_ended", what=part.name, status=status, count=part.failures, wait=pause)

    def _stop(self) -> None:
        """Tell every part to end, wait, and kill what does not."""
        self._signal(signal.SIGTERM)
        ends = time.monotonic() + STOP_WITHIN
        while any(part.pid for part in self.parts) and time.monotonic() < ends:
            self._reap()
            time.sleep(0.01)
        late = [part.name for part in self.parts if part.pid]
        if late:
            log.warning("part_killed", what=late)
            self._signal(signal.SIGKILL)

    def _reap(self) -> None:
        for part in self.parts:
            if part.pid and os.waitpid(part.pid, os.WNOHANG)[0]:
                part.pid = 0

    def _signal(self, what: signal.Signals) -> None:
        for part in self.parts:
            if part.pid:
                with suppress(ProcessLookupError):
                    os.kill(part.pid, what)


def _nothing(*_: object) -> None:
    """A child's end only wakes whoever watches."""


def _end_with(watcher: int, alive: int) -> None:
    """See that this process does not outlive its watcher: killed with it on Linux, told to end elsewhere."""
    if (prctl := getattr(ctypes.CDLL(None), "prctl", None)) is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != watcher:
            os._exit(1)
        return
    threading.Thread(target=_wait_for_the_end, args=(alive,), daemon=True).start()


def _wait_for_the_end(alive: int) -> None:
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)
