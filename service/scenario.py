"""A scenario file: a school's day written down, read and checked whole before it runs.

The format is in docs/how-to/write-a-scenario.md.

Every fault is named with its place; a file with faults runs nothing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from attendance.calendar import CalendarFault, SchoolCalendar
from attendance.history import History
from attendance.people import Contact, Link, Pupil, StaffMember
from attendance.policy import Policy, PolicyFault, policy_by_key, with_override
from service import scenario_checks, scenario_faults


class ScenarioFault(ValueError):
    """The file is not a valid scenario; `faults` names each place."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def _span(value: Any) -> Any:
    """ "30m", "4h", "20s" as a span of time."""
    if not isinstance(value, str):
        return value
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    if value[:-1].isdigit() and value[-1:] in units:
        return timedelta(**{units[value[-1]]: int(value[:-1])})
    raise ValueError('write a length as "30m", "4h" or "20s"')


Span = Annotated[timedelta, BeforeValidator(_span)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PupilPart(_Part):
    """A `[[pupil]]`."""

    id: str
    given: str
    family: str
    year: int
    group: str
    known_as: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    named_person: str | None = None
    house: str = ""


class ContactPart(_Part):
    """A `[[contact]]`; `barred` and `may_report` may be lists of pupil ids."""

    id: str
    name: str
    relation: str = "parent"
    phone: str | None = None
    email: str | None = None
    telegram: str | None = None
    whatsapp: bool = False
    landline: str | None = None
    language: str = "en"
    household: str | None = None
    lives_with: bool = False
    emergency: bool = False
    parental_responsibility: bool | tuple[str, ...] = True
    may_report: bool | tuple[str, ...] = True
    barred: bool | tuple[str, ...] = False


class StaffPart(_Part):
    """A `[[staff]]`."""

    id: str
    name: str
    position: str
    roles: tuple[str, ...] = Field(min_length=1)
    phone: str | None = None
    email: str | None = None
    telegram: str | None = None
    group: str | None = None
    away: bool = False
    house: str | None = None
    years: tuple[int, ...] = ()


class MessagePart(_Part):
    """Somebody writes: `from` is a contact's id or a bare address."""

    from_: str = Field(alias="from")
    text: str
    channel: Literal["sms", "telegram", "email", "whatsapp"] = "sms"
    id: str | None = None


class RegisterPart(_Part):
    """A register comes in."""

    session: Literal["am", "pm"]
    marks: dict[str, str]
    group: str | None = None


class DeliveryPart(_Part):
    """A receipt for the newest message to a contact."""

    to: str
    status: Literal["sent", "delivered", "undelivered", "failed"]
    error: str | None = None


Does = Literal[
    "acknowledge", "settle", "confirm", "amend", "grant", "refuse", "ask_more", "take_over", "hand_back", "send",
    "hold", "release", "stop", "all_clear", "away", "done", "release_letter",
]  # fmt: skip


class StaffActPart(_Part):
    """A member of staff does something."""

    who: str
    does: Does
    pupil: str | None = None
    contact: str | None = None
    outcome: str | None = None
    code: str | None = None
    reason: str = ""
    text: str = ""
    session: Literal["am", "pm"] = "am"
    what: str | None = None
    days: tuple[date, ...] | None = None


class ProviderPart(_Part):
    """The SMS provider is down, or takes messages and its answers never arrive."""

    down_for: Span
    lost_answers: bool = False


class EventPart(_Part):
    """One `[[event]]`: a time and exactly one happening."""

    at: time | datetime
    message: MessagePart | None = None
    register_: RegisterPart | None = Field(None, alias="register")
    delivery: DeliveryPart | None = None
    staff: StaffActPart | None = None
    provider: ProviderPart | None = None
    crash: Literal[True] | None = None

    @model_validator(mode="after")
    def one_happening(self) -> EventPart:
        """Each event is one thing."""
        happenings = (self.message, self.register_, self.delivery, self.staff, self.provider, self.crash)
        if sum(one is not None for one in happenings) != 1:
            raise ValueError("needs exactly one of message, register, delivery, staff, provider, crash")
        return self


class HistoryPart(_Part):
    """A pupil's record before `start`, in sessions: what figures are counted from."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    pupil: str
    from_: date = Field(alias="from")
    until: date
    attended: Annotated[int, Field(ge=0)] = 0
    absent: dict[str, Annotated[int, Field(ge=0)]] = {}


class ScenarioFile(_Part):
    """The whole file. Times are Europe/London wall clock."""

    title: str
    policy: str
    start: datetime
    end: datetime
    calendar: str | None = None
    policy_override: dict[str, Any] = {}
    pupil: tuple[PupilPart, ...] = Field(min_length=1)
    contact: tuple[ContactPart, ...] = ()
    staff: tuple[StaffPart, ...] = ()
    event: tuple[EventPart, ...] = ()
    history: tuple[HistoryPart, ...] = ()
    expect: tuple[dict[str, Any], ...] = ()
    never: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A sound scenario: the file, the policy with its replacements, and the calendar's JSON (None: the policy's)."""

    path: Path
    file: ScenarioFile
    policy: Policy
    override: Mapping[str, Any]
    calendar: Mapping[str, Any] | None

    def moment(self, value: time | datetime) -> datetime:
        """A local time belongs to the date of `start`; a local date-time stands for itself. Aware UTC."""
        return scenario_checks.moment(self.file, value)

    @property
    def start(self) -> datetime:
        """Aware UTC."""
        return self.moment(self.file.start)

    @property
    def end(self) -> datetime:
        """Aware UTC."""
        return self.moment(self.file.end)

    def pupils(self) -> list[Pupil]:
        """The children on roll."""
        return [
            Pupil(p.id, p.given, p.family, p.year, p.group, p.known_as, frozenset(p.tags), p.named_person, p.house)
            for p in self.file.pupil
        ]

    def contacts(self) -> list[Contact]:
        """Everybody who may be written to, and those who may not."""
        return [
            Contact(c.id, c.name, c.phone, c.email, c.telegram, c.whatsapp, c.landline, c.language)
            for c in self.file.contact
        ]

    def links(self) -> list[Link]:
        """What each contact is to each of its pupils; `barred` and `may_report` belong to the link."""
        people = {contact.id: contact for contact in self.file.contact}
        return [
            Link(
                pupil.id,
                contact,
                priority,
                people[contact].relation,
                _holds(people[contact].may_report, pupil.id),
                _holds(people[contact].barred, pupil.id),
                _holds(people[contact].parental_responsibility, pupil.id),
                people[contact].lives_with,
                people[contact].household,
                people[contact].emergency,
            )
            for pupil in self.file.pupil
            for priority, contact in enumerate(pupil.contacts, 1)
        ]

    def staff(self) -> list[StaffMember]:
        """Everybody who gets alerts."""
        return [
            StaffMember(
                s.id, s.name, s.position, s.roles, s.phone, s.email, s.telegram, s.group, s.away, s.house, s.years
            )
            for s in self.file.staff
        ]

    def histories(self) -> list[History]:
        """The pupils' records before `start`."""
        return [History(h.pupil, h.from_, h.until, h.attended, h.absent) for h in self.file.history]


def _holds(said: bool | tuple[str, ...], pupil: str) -> bool:
    return said if isinstance(said, bool) else pupil in said


def read_scenario(path: Path) -> Scenario:
    """Read and check a whole file. Raises ScenarioFault with every fault and its place."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScenarioFault((f"{path}: cannot be read ({error.strerror}).",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioFault((f"{path.name}: not TOML: {error}.",)) from error
    return checked_scenario(data, path)


def checked_scenario(data: Mapping[str, Any], path: Path) -> Scenario:
    """A scenario from what a file says; `path` is where its calendar is looked for. Raises ScenarioFault."""
    file, faults = _form(data)
    if file is None:
        raise ScenarioFault(tuple(faults))
    faults += scenario_checks.faults_of(file, timed=scenario_faults.STANDS_FOR_A_TIME not in (file.start, file.end))
    policy, override = _policy(file, faults)
    calendar = _calendar(path, file, faults)
    if faults or policy is None:
        raise ScenarioFault(tuple(faults))
    return Scenario(path, file, policy, override, calendar)


def _form(data: Mapping[str, Any]) -> tuple[ScenarioFile | None, list[str]]:
    """The file, and the faults of its form. Faulty parts are left out of it, so that the other checks can go on."""
    try:
        return ScenarioFile.model_validate(data), []
    except ValidationError as error:
        errors = error.errors()
    found = list(scenario_faults.said(errors, data))
    try:
        rest = scenario_faults.stand_in(data, errors)
        return (None if rest is None else ScenarioFile.model_validate(rest)), found
    except ValidationError:
        return None, found


def _policy(file: ScenarioFile, faults: list[str]) -> tuple[Policy | None, Mapping[str, Any]]:
    """The policy of the day. Where its name is wrong, what replaces its keys is checked against another school's."""
    policy = None
    try:
        policy = policy_by_key(file.policy)
    except PolicyFault as fault:
        faults += fault.faults
    try:
        replaced = with_override(policy or policy_by_key(scenario_faults.STAND_INS["policy"]), file.policy_override)
    except PolicyFault as fault:
        faults += fault.faults
        return None, {}
    return (None if policy is None else replaced), file.policy_override


def _calendar(path: Path, file: ScenarioFile, faults: list[str]) -> Mapping[str, Any] | None:
    if file.calendar is None:
        return None
    try:
        data = json.loads((path.parent / file.calendar).read_text(encoding="utf-8"))
        SchoolCalendar.from_mapping(data)
    except OSError:
        faults.append(f"calendar: {file.calendar} cannot be read; its place counts from the scenario's folder.")
    except (ValueError, TypeError, CalendarFault) as error:
        faults.append(f"calendar: {error}")
    else:
        return dict(data)
    return None
