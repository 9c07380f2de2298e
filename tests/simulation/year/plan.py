"""A stretch of school days that nobody planned, from a seed: when registers come in, who writes unasked, what fails.

The same seed makes the same stretch. What families and staff do in answer is decided in `drive`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from attendance.calendar import SchoolCalendar
from attendance.policy import Policy, calendar_of, policy_by_key, with_override
from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import ScenarioFile
from tests.simulation.year.people import SCHOOLS, People, named, people_of
from tests.simulation.year.words import words
from tests.support.school import RULES, scenario_of

ORDINARY = date(2026, 11, 17)
STARTS = (
    date(2026, 10, 23),  # a Friday: half-term and the end of summer time lie before the next school day
    date(2026, 11, 26),  # a Thursday: Friday is closed
    date(2026, 12, 17),  # a Thursday: term ends on the Friday
    date(2027, 2, 11),
    date(2027, 3, 24),  # a Wednesday: Easter and the beginning of summer time follow
    date(2027, 4, 29),  # a Thursday: Monday is a bank holiday
)
LENGTHS = (1, 1, 1, 1, 1, 1, 2, 2, 3, 7)
"""School days of a stretch. Seven are enough for an N to become O."""
MARKS = ("/",) * 12 + ("N",) * 6 + ("-", "L", "I", "D", "V", "U")


@dataclass(frozen=True)
class Plan:
    """What a seed made: the scenario with its written events, its people, its school days."""

    seed: int
    scenario: Scenario
    people: People
    days: tuple[date, ...]


def length_of(seed: int) -> int:
    """How many school days this seed lives through."""
    return Random(seed).choice(LENGTHS)


def seeds(first: int, days: int) -> list[int]:
    """Seeds from `first` on that together live through at least so many school days."""
    found: list[int] = []
    while days > 0:
        found.append(first + len(found))
        days -= length_of(found[-1])
    return found


def plan(seed: int) -> Plan:
    """The stretch that this seed makes."""
    chance = Random(seed)
    length = chance.choice(LENGTHS)
    school = chance.choice(SCHOOLS)
    rules = _rules(chance)
    policy = with_override(policy_by_key(school), rules) if rules else policy_by_key(school)
    calendar = calendar_of(policy)
    first = chance.choice(STARTS) if chance.random() < 0.4 else ORDINARY - timedelta(days=chance.randint(0, 4))
    days = _days(calendar, first, length)
    people = people_of(chance, school)
    file = ScenarioFile.model_validate(
        {
            "title": f"seed {seed}",
            "policy": school,
            "start": datetime.combine(days[0], time(7, 0)),
            "end": datetime.combine(days[-1], time(18, 45)),
            "policy_override": rules,
            "pupil": people.children,
            "contact": people.adults,
            "staff": people.staff,
            "event": sorted(_events(chance, people, policy, days), key=lambda event: event["at"]),
        }
    )
    return Plan(seed, scenario_of(file), people, days)


def _days(calendar: SchoolCalendar, first: date, length: int) -> tuple[date, ...]:
    days = [calendar.on_or_after(first)]
    while len(days) < length:
        days.append(calendar.after(days[-1]))
    return tuple(days)


def _rules(chance: Random) -> dict[str, Any]:
    """Half of the seeds go by the school's own policy as it is; the others by one whose rounds and holds come often."""
    if chance.random() < 0.5:
        return {"brake.usual": 2, "brake.more_than": 4} if chance.random() < 0.3 else {}
    return {
        **RULES,
        "firstday.priority_list": ["social_worker", "walks_alone"],
        "firstday.notify_roles": ["safeguarding_lead"],
        "report.accepts": chance.choice([[], ["I"], ["I", "M"]]),
        "brake.usual": 2,
        "brake.more_than": chance.choice([3, 50]),
        "firstday.afternoon_deadline": chance.choice(["14:45", "60m"]),
    }


def _events(chance: Random, people: People, policy: Policy, days: tuple[date, ...]) -> Iterator[dict[str, Any]]:
    later = f"{days[-1] + timedelta(days=chance.randint(14, 30)):%-d %B}"
    for day in days:
        yield from _registers(chance, people, policy, day)
        yield from _messages(chance, people, day, later)
        if chance.random() < 0.5:
            lost = chance.random() < 0.5
            fault = {"down_for": f"{chance.randint(1, 60)}m", "lost_answers": lost}
            first, last = chance.choice(((time(8, 0), time(14, 0)), (time(8, 50), time(9, 15))))
            yield {"at": _between(chance, day, first, last), "provider": fault}
        for _ in range(chance.choice((0, 0, 0, 1, 2))):
            yield {"at": _between(chance, day, time(8, 0), time(16, 0)), "staff": _unasked(chance, people)}


def _registers(chance: Random, people: People, policy: Policy, day: date) -> Iterator[dict[str, Any]]:
    classes: dict[str, list[Any]] = {}
    for one in people.children:
        classes.setdefault(one["group"], []).append(one)
    for group, children in sorted(classes.items()):
        for half in ("am", "pm"):
            window = policy.window_for(group, children[0]["year"], half)
            if window is None or chance.random() < 0.08:
                continue
            opens, closes = datetime.combine(day, window.opens), datetime.combine(day, window.closes)
            latest = chance.choice((closes, closes, closes + timedelta(minutes=25), closes + timedelta(minutes=100)))
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                marks = {one["id"]: _mark(chance, half) for one in children if chance.random() < 0.95}
                at = _between(chance, day, opens.time(), latest.time())
                yield {"at": at, "register": {"session": half, "group": group, "marks": marks}}
            if half == "pm" and chance.random() < 0.06:  # the office enters it before going home, in quiet hours
                marks = {one["id"]: _mark(chance, half) for one in children}
                at = _between(chance, day, time(18, 2), time(18, 40))
                yield {"at": at, "register": {"session": half, "group": group, "marks": marks}}


def _mark(chance: Random, half: str) -> str:
    mark = chance.choice(MARKS)
    return "\\" if (mark, half) == ("/", "pm") else mark


def _messages(chance: Random, people: People, day: date, later: str) -> Iterator[dict[str, Any]]:
    for number in range(chance.randint(1, 6)):
        writer = chance.choice(people.adults)
        text = words(chance, named(chance, people, writer), later)
        yield {
            "at": _between(chance, day, time(7, 0), time(16, 0)),
            "message": message_from(chance, writer, text, f"W{day:%m%d}{number}"),
        }


def message_from(chance: Random, writer: Any, text: str, id: str) -> dict[str, Any]:
    """A message on one of the channels that this person has; now and then from a number that nobody knows."""
    channels = [
        name for name, has in (("sms", "phone"), ("email", "email"), ("telegram", "telegram")) if writer.get(has)
    ]
    if not channels or chance.random() < 0.05:
        return {"from": "+447700900555", "text": text, "channel": "sms", "id": id}
    return {"from": writer["id"], "text": text, "channel": chance.choice(channels), "id": id}


def _unasked(chance: Random, people: People) -> dict[str, Any]:
    """What staff do of themselves."""
    pupil, contact = chance.choice(people.children)["id"], chance.choice(people.adults)["id"]
    does: dict[str, Any] = chance.choice(
        (
            {"does": "confirm", "pupil": pupil},
            {"does": "amend", "pupil": pupil, "code": chance.choice("LI/ON"), "reason": "Seen by staff"},
            {"does": "settle", "pupil": pupil, "outcome": chance.choice(("answered_ill", "present_after_all"))},
            {"does": "hold"},
            {"does": "release"},
            {"does": "all_clear"},
            {"does": "away"},
            {"does": "take_over", "contact": contact},
            {"does": "hand_back", "contact": contact},
            {"does": "send", "contact": contact, "text": "Please ring the school office."},
        )
    )
    return {"who": chance.choice(people.staff)["id"], **does}


def _between(chance: Random, day: date, first: time, last: time) -> datetime:
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    return start + timedelta(seconds=chance.randint(0, max(0, int((end - start).total_seconds()))))
