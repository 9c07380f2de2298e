"""One seed lived through, to what it broke; and how a failure is run again."""

from __future__ import annotations

import asyncio
import resource
from dataclasses import dataclass, field

from structlog.testing import capture_logs

from service.rehearsal.simulation import shown
from tests.simulation.year.drive import Drive
from tests.simulation.year.plan import plan
from tests.simulation.year.promises import broken_promises
from tests.support.invariants import broken

NEVER = frozenset({"never_settles", "item_failed", "timers_failed"})


@dataclass(frozen=True)
class Lived:
    """What came of one seed."""

    seed: int
    school: str
    days: int
    steps: int
    deaths: int
    faults: tuple[str, ...]
    memory: float = field(default=0.0, compare=False)
    """The most that the process has needed so far (MB)."""

    def report(self) -> str:
        """The faults, and the one command that runs this seed again."""
        again = f"run it again: make simulate FROM={self.seed} DAYS=1"
        return "\n".join((f"seed {self.seed} ({self.school}):", *self.faults, again))


async def live(seed: int) -> Lived:
    """Live through what this seed makes."""
    made = plan(seed)
    with capture_logs() as logs:
        drive = await Drive.begin(made)
        try:
            await drive.live(broken_promises)
            lines = [line for raw in drive.ledger.lines if (line := shown(raw)) is not None]
            faults = [*drive.faults, *broken(drive.lived(), lines)]
            if not drive.faults and (lost := drive.written.keys() - drive.ledger.stored()):
                faults.append(f"promise 4: never stored, though they were sent: {', '.join(sorted(lost))}")
        finally:
            await drive.close()
    faults += [f"log: {one['event']} {one.get('exception', '')[-600:]}" for one in logs if one["event"] in NEVER]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Lived(seed, made.scenario.file.policy, len(made.days), drive.steps, drive.deaths, tuple(faults), memory)


def live_through(seed: int) -> Lived:
    """The same, in a process of its own; a seed that cannot be lived through is a fault of that seed."""
    try:
        return asyncio.run(live(seed))
    except Exception as error:  # noqa: BLE001  whatever it is, it is said with its seed
        return Lived(seed, "?", 0, 0, 0, (f"{type(error).__name__}: {error}",))
