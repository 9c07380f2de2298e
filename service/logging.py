"""The log: JSON lines (coloured on a terminal) that can be kept and shown, because nothing private is ever in them.

What may be said is a list, not what may not: a field that is not on it shows only that it was there. Words, names,
numbers and addresses have no field. Of an exception its kind and its places in the code are kept, never its message,
which may hold a row of the database. Lines of other libraries keep their template and lose what was filled in.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SAYS = frozenset(
    """event level timestamp logger school channel kind code status state what why attempt limit count tried loop
    seconds waiting error where command path method version revision database host port message template
    provider_code public_url policy result schools pid wait""".split()
)
"""The fields whose words are shown. Keep names, numbers, addresses and what people wrote out of it."""

HIDDEN = "[not logged]"
_NUMBER = re.compile(r"(?<![\w.:/-])(?:\+|00|0)\d[\d ()-]{6,}\d(?!\w)")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_PASSWORD = re.compile(r"(?<=://)[^\s/@]+@")
_WARNING = re.compile(r"(.+?):(\d+): (\w+):")
_LONGEST = 300
_PLAIN_LOGGERS = ("uvicorn",)
"""Libraries whose lines are filled in with addresses of this machine only."""


def set_up(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send everything, ours and the libraries', through one redactor to `stream` (standard error)."""
    out = stream if stream is not None else sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _exception, redact, _renderer(out)],
            keep_exc_info=False,
            keep_stack_info=False,
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("firstcall", *_PLAIN_LOGGERS):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(level)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide what has no place in a log. Numbers, truths and nothing are shown in any field, if they are small."""
    return {key: _shown(key, value) for key, value in event.items()}


def scrub(text: str) -> str:
    """A fixed text with telephone numbers, e-mail addresses and passwords in addresses taken out, and not too long."""
    text = _PASSWORD.sub("[secret]@", text)
    text = _MAIL.sub("[address]", _NUMBER.sub("[number]", text))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _shown(key: str, value: Any) -> Any:
    match value:
        case bool() | None | float():
            return value
        case int():
            return value if abs(value) < 10**7 else HIDDEN
        case str() if key in SAYS:
            return scrub(value)
        case list() | tuple() if key in SAYS:
            return [_shown(key, one) for one in value]
        case _:
            return HIDDEN


def _exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception as its kind and the places it came through, innermost last."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else None
    if error is not None:
        event["error"], event["where"] = kinds_of(error), places_of(error)
    return event


def places_of(error: BaseException) -> list[str]:
    """The places that an error came through, innermost last; none of its words."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def kinds_of(error: BaseException) -> str:
    """The kind of an error and of what caused it: `Stale`, `IntegrityError from UniqueViolationError`."""
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 4:
        kinds.append(type(seen).__name__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " from ".join(kinds)


def _foreign(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A library's line: its text before anything was filled in; where that cannot be told apart, only its place."""
    record: logging.LogRecord = event["_record"]
    filled_in = event.pop("positional_args", None)
    if record.name.split(".")[0] in _PLAIN_LOGGERS:
        event["event"] = str(event["event"]).strip()
        return event
    if record.name == "py.warnings" and (found := _WARNING.match(str(event["event"]))):
        event["event"], event["where"], event["kind"] = "warning", f"{Path(found[1]).name}:{found[2]}", found[3]
        return event
    event["event"] = str(record.msg) if filled_in else "library_line"
    event["where"] = f"{record.filename}:{record.lineno} {record.funcName}"
    return event


def _renderer(out: TextIO) -> Processor:
    if out.isatty():
        return structlog.dev.ConsoleRenderer(colors=True)
    return structlog.processors.JSONRenderer(ensure_ascii=False)
