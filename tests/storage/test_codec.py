"""Domain values to JSON and back: what comes out equals what went in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any, Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.calendar import Session
from attendance.case import Attempt, Case, Delivery, Reason, Stage, Whereabouts
from attendance.ladder import Alert, Told
from attendance.policy import Rung
from storage import codec


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    session: Session | None


@dataclass(frozen=True, slots=True)
class Other:
    count: int


@dataclass(frozen=True, slots=True)
class Everything:
    moment: datetime
    day: date
    clock: time | None
    span: timedelta
    colour: Colour
    half: Literal["am", "pm"] | None
    names: frozenset[str]
    sessions: frozenset[Session]
    many: tuple[Inner, ...]
    pair: tuple[str, int]
    either: Inner | Other
    by_name: Mapping[str, Inner]
    number: int | str
    share: float
    flag: bool
    loose: Any = None


moments = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=5, minutes=30))])
)
words = st.text(max_size=12)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
sessions = st.builds(Session, days, st.sampled_from(["am", "pm"]))
inner = st.builds(Inner, words, st.none() | sessions)
loose = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda each: st.lists(each) | st.dictionaries(words, each)
)
everything = st.builds(
    Everything,
    moment=moments,
    day=days,
    clock=st.none() | st.times(),
    span=st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=400)),
    colour=st.sampled_from(Colour),
    half=st.sampled_from(["am", "pm", None]),
    names=st.frozensets(words, max_size=4),
    sessions=st.frozensets(sessions, max_size=3),
    many=st.lists(inner, max_size=3).map(tuple),
    pair=st.tuples(words, st.integers()),
    either=inner | st.builds(Other, st.integers()),
    by_name=st.dictionaries(words, inner, max_size=3),
    number=st.integers() | words,
    share=st.floats(allow_nan=False, allow_infinity=False),
    flag=st.booleans(),
    loose=loose,
)


def there_and_back(value: Any) -> Any:
    return codec.load(type(value), json.loads(json.dumps(codec.dump(value))))


@settings(deadline=None)
@given(everything)
def test_any_value_comes_back(value: Everything) -> None:
    assert there_and_back(value) == value


attempts = st.builds(Attempt, words, words, words, st.integers(0, 9), moments, st.sampled_from(get_args(Delivery)))
cases = st.builds(
    Case,
    pupil=words,
    session=sessions,
    opened_at=moments,
    deadline_at=moments,
    stage=st.sampled_from(get_args(Stage)),
    whereabouts=st.sampled_from(get_args(Whereabouts)),
    reason=st.sampled_from(get_args(Reason)),
    outcome=st.none() | words,
    next_at=st.none() | moments,
    attempts=st.lists(attempts, max_size=3).map(tuple),
    seen=st.lists(words, max_size=3).map(tuple),
)
alerts = st.builds(
    Alert,
    key=words,
    reason=words,
    urgent=st.booleans(),
    pupils=st.lists(words, max_size=3).map(tuple),
    because=words,
    opened_at=moments,
    session=st.none() | sessions,
    rungs=st.lists(st.builds(Rung, role=st.sampled_from(["office", "headteacher"]), minutes=st.integers(1, 90))).map(
        tuple
    ),
    told=st.lists(st.builds(Told, words, words, moments, words), max_size=3).map(tuple),
    due_at=st.none() | moments,
)


@settings(deadline=None)
@given(cases | alerts)
def test_a_case_and_an_alert_come_back(value: Case | Alert) -> None:
    assert there_and_back(value) == value


@dataclass(frozen=True)
class Before:
    kept: str
    gone: int = 1


@dataclass(frozen=True)
class After:
    kept: str
    new: tuple[str, ...] = field(default=("default",))


def test_state_of_an_older_release_is_read() -> None:
    assert codec.load(After, codec.dump(Before("x"))) == After("x", ("default",))


@pytest.mark.parametrize("data", [{}, {"kept": 7}, {"kept": None}, [], None])
def test_what_does_not_fit_is_refused_without_repeating_it(data: Any) -> None:
    with pytest.raises(codec.Unreadable, match="Stored After cannot be read") as fault:
        codec.load(After, data)
    assert "7" not in str(fault.value)


@pytest.mark.parametrize("count", ["5", 5.0, True, None])
def test_a_value_of_another_kind_is_not_bent_to_fit(count: Any) -> None:
    with pytest.raises(codec.Unreadable, match="count"):
        codec.load(Other, {"count": count})


def test_only_records_are_stored() -> None:
    with pytest.raises(TypeError, match="no record"):
        codec.dump(7)
