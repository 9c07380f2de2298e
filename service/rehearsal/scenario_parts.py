"""The blocks of a scenario file, as they are written. What they mean together is in scenario.py."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from office.leave.family_form import REASONS


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


class SchoolPart(_Part):
    """A `[[school]]`: another school of the trust, in the same database. Pupils and staff name it by `school`."""

    id: str
    policy: str
    policy_override: dict[str, Any] = {}


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
    school: str | None = None


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
    school: str | None = None


class MessagePart(_Part):
    """Somebody writes: `from` is a contact's id or a bare address. `to`: another school of the trust, by its id."""

    from_: str = Field(alias="from")
    text: str
    to: str | None = None
    channel: Literal["sms", "telegram", "email", "whatsapp"] = "sms"
    id: str | None = None


def _a_reason(word: str) -> str:
    if word not in REASONS:
        raise ValueError(f"must be one of {', '.join(REASONS)}")
    return word


class FormPart(_Part):
    """A family fills in the form for leave that it was sent last, for children at one school or several."""

    from_: str = Field(alias="from")
    children: tuple[str, ...] = Field(min_length=1)
    first_day: date
    last_day: date
    reason: Annotated[str, AfterValidator(_a_reason)]
    words: str
    travel_places: str = ""
    stay_address: str = ""
    tickets: str = ""


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
    form: FormPart | None = None
    register_: RegisterPart | None = Field(None, alias="register")
    delivery: DeliveryPart | None = None
    staff: StaffActPart | None = None
    provider: ProviderPart | None = None
    crash: Literal[True] | None = None

    @model_validator(mode="after")
    def one_happening(self) -> EventPart:
        """Each event is one thing."""
        happenings = (
            self.message, self.form, self.register_, self.delivery, self.staff, self.provider, self.crash,
        )  # fmt: skip
        if sum(one is not None for one in happenings) != 1:
            raise ValueError("needs exactly one of message, form, register, delivery, staff, provider, crash")
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
    school: tuple[SchoolPart, ...] = ()
    pupil: tuple[PupilPart, ...] = Field(min_length=1)
    contact: tuple[ContactPart, ...] = ()
    staff: tuple[StaffPart, ...] = ()
    event: tuple[EventPart, ...] = ()
    history: tuple[HistoryPart, ...] = ()
    expect: tuple[dict[str, Any], ...] = ()
    never: tuple[dict[str, Any], ...] = ()
