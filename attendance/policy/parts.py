"""The tables of a policy file as values, each checked by itself.

A misspelt key is an error, not a default. Times are London wall clock. What the keys mean is in the vocabulary; where
each value stands in the school's policy is in the school's own file, `policies/schools/<key>.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from attendance.calendar import Half
from attendance.policy.values import (
    Action,
    Channel,
    Clock,
    Deadline,
    Flag,
    LeaveFlag,
    Notice,
    NoticePeriod,
    Number,
    ReportChannel,
    Role,
    Span,
    Tag,
    Whole,
    since_midnight,
)


class Part(BaseModel):
    """A table of the policy file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class SchoolFacts(Part):
    """Who the school is. `short_name` stands in texts (20 plain letters), `phone` is the number parents are to ring."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Annotated[str, StringConstraints(min_length=1)]
    short_name: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ]{6,18}$")]
    code_set: Literal["england-2024", "england-2006"]
    calendar: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.json$")]
    phase: str = ""
    mis: str = ""
    attendance_target_pct: Number | None = None

    @field_validator("short_name")
    @classmethod
    def _plain(cls, value: str) -> str:
        strange = sorted(
            {letter for letter in value if not (letter.isascii() and letter.isprintable()) or letter in "^{}\\[~]|`"}
        )
        if strange:
            raise ValueError(
                f"{' '.join(strange)} would double the price of every text; write the name in plain letters"
            )
        return value


class RegisterWindow(Part):
    """When one register is open. `group` is "all" or one group; `years` empty means any (nursery -1, Reception 0).

    A child in by `late_from` is present, after it `L`, from `closes` on `U`. Until `gate_until` late children sign in
    at the gate, then at the office.
    """

    session: Half
    group: str = "all"
    years: tuple[Whole, ...] = ()
    opens: Clock
    late_from: Clock
    closes: Clock
    gate_until: Clock | None = None

    @model_validator(mode="before")
    @classmethod
    def _late_from_the_start(cls, data: object) -> object:
        if isinstance(data, Mapping) and "late_from" not in data and "opens" in data:
            return {**data, "late_from": data["opens"]}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(
                f"the register closes at {self.closes:%H:%M}, but opens at {self.opens:%H:%M}; correct one of them"
            )
        if not self.opens <= self.late_from < self.closes:
            raise ValueError(
                f"late_from {self.late_from:%H:%M} is not between opens {self.opens:%H:%M} and closes "
                f"{self.closes:%H:%M}; correct it, or leave it out to mean the opening time"
            )
        return self

    @property
    def open_for(self) -> timedelta:
        """How long the register is open."""
        return since_midnight(self.closes) - since_midnight(self.opens)

    @property
    def label(self) -> str:
        """A name for faults and sources: `am.all`, `pm.lunch2`, `pm.reception-year2`."""
        parts = [] if self.group == "all" and self.years else [self.group]
        if self.years:
            ends = sorted({min(self.years), max(self.years)})
            parts.append("-".join(_YEAR_NAMES.get(year, f"year{year}") for year in ends))
        return ".".join([self.session, *parts])


_YEAR_NAMES = {-1: "nursery", 0: "reception"}


class Registers(Part):
    """How registers are kept: the codes teachers may enter, minutes to save a lesson's register (0: no such rule)."""

    teacher_codes: tuple[str, ...] = ("/", "\\", "N", "L")
    lesson_save_minutes: Whole = 0
    record_minutes_late: Flag = False


class Report(Part):
    """How parents tell the school. `accepts`: codes from a listed contact that the school's own rule confirms."""

    cutoff: Clock
    repeat: Literal["daily", "none"] = "daily"
    accepts: tuple[str, ...] = ()
    channels: tuple[ReportChannel, ...] = ("phone", "email", "sms_reply")
    fields: tuple[str, ...] = ("child", "reason")
    listed_contacts_only: Flag = True
    written_on_return: Flag = False
    return_slip: Flag = False


class Round(Part):
    """Ask again, `after` the session's close (or the mark's arrival).

    `to` are places in the pupil's contacts from 1. `by` means the first of these channels that the contact has and has
    not stopped; `call` among them is a `ring` task for the office beside the text.
    """

    after: Span
    to: Annotated[tuple[Annotated[Whole, Field(ge=1)], ...], Field(min_length=1)]
    by: Annotated[tuple[Channel, ...], Field(min_length=1)]


class Rung(Part):
    """A step of the staff ladder: this role has `minutes` to acknowledge before the next one is told."""

    role: Role
    minutes: Annotated[Whole, Field(ge=1, le=24 * 60)]


class Tier(Part):
    """What else changes for a pupil with this tag: other rounds, another deadline, more roles that hear at once."""

    rounds: tuple[Round, ...] | None = None
    deadline: Deadline | None = None
    notify: tuple[Role, ...] = ()


class FirstDay(Part):
    """First-day calling. `deadline`: a time of day, or a duration after the close; from then on it is a person's."""

    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    deadline: Deadline
    afternoon_deadline: Deadline | None = None
    ladder: Annotated[tuple[Rung, ...], Field(min_length=1)]
    send_within: Span = timedelta(minutes=5)
    settle_within: Span = timedelta(minutes=60)
    priority_list: tuple[Tag, ...] = ()
    notify_roles: tuple[Role, ...] = ()
    notify_workers: tuple[Literal["social_worker", "yot"], ...] = ("social_worker", "yot")

    @field_validator("rounds")
    @classmethod
    def _one_after_the_other(cls, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
        for number, (one, other) in enumerate(pairwise(rounds), 2):
            if other.after < one.after:
                raise ValueError(f"round {number} begins before round {number - 1}; put the rounds in order of `after`")
        return rounds


class QuietHours(Part):
    """No unasked word to families from `from_` in the evening until `until` in the morning."""

    from_: Clock = Field(alias="from")
    until: Clock

    @model_validator(mode="after")
    def _over_night(self) -> Self:
        if self.from_ <= self.until:
            raise ValueError(
                f"quiet hours from {self.from_:%H:%M} until {self.until:%H:%M} do not lie over a night; "
                "`from` is the evening, `until` the next morning"
            )
        return self


class Brake(Part):
    """`usual`: N marks at a usual close. Above `more_than` the send is held for a person."""

    usual: Annotated[Whole, Field(ge=0)]
    more_than: Annotated[Whole, Field(ge=1)]


class UnexplainedStep(Part):
    """A task on the `day`-th school day of an unexplained absence (the first is 1); `at` None: when the case opens.

    `who`: everybody who takes part, the one who answers for it first. `condition` "not_reached": only where nobody of
    the family has spoken to us that day; "unexplained": for every child without a reason.
    """

    day: Annotated[Whole, Field(ge=1)]
    at: Clock | None = None
    action: Action
    who: Annotated[tuple[Role, ...], Field(min_length=1)]
    repeat_every_days: Annotated[Whole, Field(ge=0)] = 0
    condition: Literal["unexplained", "not_reached"] = "unexplained"

    def falls_on(self, day: int) -> bool:
        """True when this step is due on the `day`-th school day of the absence."""
        if day == self.day:
            return True
        return bool(self.repeat_every_days) and day > self.day and (day - self.day) % self.repeat_every_days == 0


class NCode(Part):
    """N becomes O at the end of the n-th school day after its session. Source: SI 2024/208 reg 10(7)-(9)."""

    expires_school_days: Annotated[Whole, Field(ge=1)] = 5


class Late(Part):
    """A letter after more than `letter_after` late arrivals in the period, a meeting with the family after more than
    `meeting_after`, to which `meeting_role` invites; 0: no such rule.
    """

    letter_after: Annotated[Whole, Field(ge=0)] = 0
    period: Literal["week", "half_term", "term", "year"] = "term"
    meeting_after: Annotated[Whole, Field(ge=0)] = 0
    meeting_role: Role = "attendance_officer"
    after_gate_needs_reason: Flag = False


class Leave(Part):
    """Leave of absence. `flags` are advice to the head, never a refusal. `notice` of 0d: the policy gives no number.

    `deputy` decides while everybody of `decides` is away; `decide_days` are school days from asking to the decision.
    """

    notice: NoticePeriod = Notice(2, "w")
    flags: tuple[LeaveFlag, ...] = ()
    notice_text: str = ""
    decides: Role = "headteacher"
    deputy: Role = "deputy_headteacher"
    decide_days: Annotated[Whole, Field(ge=1)] = 5
    fields: tuple[str, ...] = ("dates", "reason")
    letter_fields: tuple[str, ...] = ("decision", "dates", "return_date", "reason")
    meeting: Flag = False
    appeal: Flag = False


class LocalAuthority(Part):
    """Days after which the local authority is told: missing education, continuous absence, sickness that will last.

    `irregular_sessions`: so many sessions without authorisation in `irregular_school_weeks`, in several absences; 0: no
    such rule.
    """

    cme_day: Annotated[Whole, Field(ge=1)] = 10
    return_days: Annotated[Whole, Field(ge=1)] = 10
    sickness_days: Annotated[Whole, Field(ge=1)] = 15
    irregular_sessions: Annotated[Whole, Field(ge=0)] = 0
    irregular_school_weeks: Annotated[Whole, Field(ge=1)] = 10
    irregular_role: Role = "attendance_officer"
    register_check_pct: Number | None = None


class Patterns(Part):
    """Poor or erratic attendance of a pupil with one of the tags `workers`: `role` tells that worker.

    Poor: below `below_pct` in the school year. Erratic: so many separate absences in `school_weeks`; 0: no such rule.
    """

    workers: tuple[Literal["social_worker", "yot"], ...] = ()
    below_pct: Annotated[Number, Field(gt=0, le=100)] | None = None
    absences: Annotated[Whole, Field(ge=0)] = 0
    school_weeks: Annotated[Whole, Field(ge=1)] = 6
    role: Role = "attendance_officer"


class Evidence(Part):
    """When proof is asked for. `illness_at_stage`: stages at which staff may decide to ask; nothing asks by itself."""

    appointment: Literal["none", "ask", "required"] = "ask"
    illness: Literal["never", "doubt"] = "doubt"
    illness_at_stage: tuple[str, ...] = ()


class Stage(Part):
    """A threshold and what follows. `below_pct` with `inclusive`: "or less". A letter is a draft for a named person."""

    id: Annotated[str, StringConstraints(min_length=1)]
    below_pct: Annotated[Number, Field(gt=0, le=100)] | None = None
    inclusive: Flag = False
    or_trigger: str = ""
    action: str = ""
    letter: str = ""
    fields: tuple[str, ...] = ()
    from_role: Role = "attendance_officer"
    meeting: Flag = False
    home_visit: Flag = False
    monitor_weeks: Whole = 0
    review_weeks: tuple[Whole, ...] = ()
    target_pct: Number | None = None
    next: str = ""
    quiet_tags: tuple[Tag, ...] = ("part_time_timetable", "social_worker")


class Retention(Part):
    """How long is kept, in school years after the one in which it happened. Registers: six at least (SI 2024/208).

    Messages: their words. Evidence: files that families sent; three years, as long as an absence can still lead to a
    further penalty notice (the national framework's window, own reading).
    """

    register_years: Annotated[Whole, Field(ge=1)] = 6
    message_years: Annotated[Whole, Field(ge=1)] = 6
    evidence_years: Annotated[Whole, Field(ge=1)] = 3
