"""One school's attendance policy as one value, and the questions that the rules ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import Field

from attendance.calendar import Half, instant
from attendance.policy.certainty import Certainty
from attendance.policy.parts import (
    Brake,
    Evidence,
    FirstDay,
    Late,
    Leave,
    LocalAuthority,
    NCode,
    Part,
    Patterns,
    QuietHours,
    Registers,
    RegisterWindow,
    Report,
    Retention,
    Round,
    SchoolFacts,
    Stage,
    Tier,
    UnexplainedStep,
)
from attendance.policy.values import Clock, Tag, since_midnight

LONGEST_REGISTER = timedelta(minutes=30)
"""A register is open for at most this long. Source: Working together, August 2024, para 290."""

AFTERNOON_DEADLINE = timedelta(minutes=60)
"""After the close, where a policy gives no afternoon deadline: staff must know before the children go home."""


class Policy(Part):
    """A whole policy. `sources`: a key to its place in the school's policy, or `default: …`, `law: …`, `scenario`."""

    school: SchoolFacts
    windows: Annotated[tuple[RegisterWindow, ...], Field(alias="register", min_length=1)]
    register_deadline: Clock
    registers: Registers = Registers()
    report: Report
    firstday: FirstDay
    quiet_hours: QuietHours = QuietHours.model_validate({"from": "18:00", "until": "07:30"})
    brake: Brake
    tiers: Mapping[Tag, Tier] = {}
    unexplained: tuple[UnexplainedStep, ...] = ()
    ncode: NCode = NCode()
    late: Late = Late()
    leave: Leave = Leave()
    la: LocalAuthority = LocalAuthority()
    patterns: Patterns = Patterns()
    evidence: Evidence = Evidence()
    stage: tuple[Stage, ...] = ()
    retention: Retention = Retention()
    understanding: Certainty = Certainty()
    sources: Mapping[str, str] = {}

    @property
    def key(self) -> str:
        """The file's name in `policies/schools/`, without .toml."""
        return self.school.key

    @property
    def name(self) -> str:
        """The school's full name."""
        return self.school.name

    @property
    def short_name(self) -> str:
        """The school's name in texts."""
        return self.school.short_name

    @property
    def phone(self) -> str:
        """The office's number that parents are asked to ring."""
        return self.school.phone

    @property
    def code_set(self) -> str:
        """The edition of the codes for new marks."""
        return self.school.code_set

    @property
    def calendar_file(self) -> str:
        """The file in `policies/calendars/`."""
        return self.school.calendar

    @property
    def register(self) -> tuple[RegisterWindow, ...]:
        """All register windows, as the file lists them."""
        return self.windows

    def window_for(self, group: str, year: int, half: Half) -> RegisterWindow | None:
        """The window for a pupil, most specific first: the group, then the years, then all. None: no register then."""
        wanted = group.strip().casefold()
        best: RegisterWindow | None = None
        best_rank = 0
        for window in self.windows:
            own = window.group.strip().casefold()
            if (
                window.session != half
                or (own != "all" and own != wanted)
                or (window.years and year not in window.years)
            ):
                continue
            rank = 1 + (2 if own != "all" else 0) + (1 if window.years else 0)
            if rank > best_rank:
                best, best_rank = window, rank
        return best

    def register_deadline_for(self, window: RegisterWindow, half: Half) -> time:
        """When an unmarked class becomes an alarm: in the morning the policy's time, later the same gap after closing.

        Never before the register closes, even where another value of the policy was replaced.
        """
        if half == "am":
            return max(self.register_deadline, window.closes)
        morning = [other.closes for other in self.windows if other.session == "am"]
        gap = since_midnight(self.register_deadline) - since_midnight(max(morning)) if morning else timedelta(0)
        return _clock_after(window.closes, max(gap, timedelta(0)))

    def is_tiered(self, tags: Iterable[str]) -> bool:
        """True for a child in a risk tier: on the first-day list, with its own tier, or with a worker to be told."""
        risky = {*self.firstday.priority_list, *self.tiers, *self.firstday.notify_workers}
        return any(tag in risky for tag in tags)

    def notify_for(self, tags: Iterable[str]) -> tuple[str, ...]:
        """The roles that hear at once when a child with these tags is absent without a reason; none outside tiers."""
        tags = tuple(tags)
        if not self.is_tiered(tags):
            return ()
        roles = [*self.firstday.notify_roles, *(role for tier in self._tiers(tags) for role in tier.notify)]
        return tuple(dict.fromkeys(roles))

    def rounds_for(self, tags: Iterable[str]) -> tuple[Round, ...]:
        """The rounds for a child with these tags: of the first tier in the file that has its own, else the school's."""
        return next((tier.rounds for tier in self._tiers(tags) if tier.rounds is not None), self.firstday.rounds)

    def deadline_for(self, day: date, half: Half, closes_at: datetime, tags: Iterable[str] = ()) -> datetime:
        """When an open case is with a named person: aware UTC, never before `closes_at` (aware).

        The earliest of the school's deadline and those of the child's tiers. A tier's time of day is the morning's.
        """
        general = self.firstday.deadline
        if half == "pm":
            general = self.firstday.afternoon_deadline or AFTERNOON_DEADLINE
        deadlines: list[time | timedelta] = [general]
        of_tiers = [tier.deadline for tier in self._tiers(tags) if tier.deadline is not None]
        deadlines += [one for one in of_tiers if half == "am" or isinstance(one, timedelta)]
        closes_at = closes_at.astimezone(UTC)
        earliest = min(instant(day, one) if isinstance(one, time) else closes_at + one for one in deadlines)
        return max(earliest, closes_at)

    def source_of(self, key: str) -> str | None:
        """Where the value of a dotted key stands, from the most specific entry of `[sources]` upwards."""
        parts = key.split(".")
        for end in range(len(parts), 0, -1):
            found = self.sources.get(".".join(parts[:end]))
            if found is not None:
                return found
        return None

    def _tiers(self, tags: Iterable[str]) -> list[Tier]:
        tags = set(tags)
        return [tier for tag, tier in self.tiers.items() if tag in tags]


def _clock_after(clock: time, gap: timedelta) -> time:
    later = datetime.combine(date.min, clock) + gap
    return later.time() if later.date() == date.min else time(23, 59)
