"""A school day that nobody planned: random families, marks, words, receipts, staff, outages, lost answers and crashes.

The same seed makes the same day. Names are unlike one another, so that a text that names the wrong child is seen.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from service.scenario import Scenario, ScenarioFile
from tests.support.families import STAFF, Person, adult, child
from tests.support.school import DAY, RULES, scenario_of

SCHOOLS = ("blue-coat", "looe", "st-joseph-st-bede", "mary-bassett", "west-coventry")
GIVEN = (
    "Amina Bertie Callum Dorothy Ezra Freya Gideon Hattie Idris Jemima Kofi Lottie Mabel Nikhil Otis Priya Quentin "
    "Rosalind Samir Tabitha Umar Verity Wilfred Xanthe Yusuf Zofia"
).split()
FAMILIES = (
    "Okafor Pemberton Quigley Ravensdale Szymanski Thistlewood Underhill Vasquez Whitcombe Yardley Zielinski "
    "Abernathy Blenkinsop Cholmondeley"
).split()
ADULTS = "Agnes Bram Celia Dougal Edith Fergus Greta Hamish Ingrid Jarvis Karin Ludo Maud Nils Oona Piers".split()
RELATIONS = ("mother", "father", "mother", "father", "grandmother", "childminder")

WORDS = (
    "{name} is ill today",
    "{name} has a temperature and wont be in, back tomorrow",
    "{name} is at the dentist this morning, in by 11",
    "{name} overslept, will be in by 10",
    "{name} left for school at eight as usual",
    "I dropped {name} at the gate myself",
    "I don't know where {name} is",
    "{name} is with me but I'd rather not say why",
    "{name} is with the other parent today, ask them",
    "off sick",
    "NO",
    "yes",
    "ok thanks",
    "STOP",
    "START",
    "wrong number mate",
    "who is this?",
    "👍",
    "",
    "asdf " * 300,
    "Can {name} have leave from 7 December to 11 December, we have a holiday booked",
    "{name} says a man followed her and she is scared to come in",
    "Sorry, {name} is back tomorrow",
    "{name} is better now and coming in after all",
)
MARKS = ("/",) * 12 + ("N",) * 6 + ("-", "L", "I", "D", "V", "U")


def random_day(seed: int) -> Scenario:
    """The day that this seed makes."""
    chance = Random(seed)
    children, adults = _people(chance)
    staff = [dict(one) for one in STAFF]
    file = ScenarioFile.model_validate(
        {
            "title": f"random day {seed}",
            "policy": chance.choice(SCHOOLS),
            "start": datetime.combine(DAY, time(7, 0)),
            "end": datetime.combine(DAY, time(16, 30)),
            "policy_override": {
                **RULES,
                "register": [
                    {"session": "am", "opens": "08:45", "closes": "09:15"},
                    {"session": "pm", "opens": "13:10", "closes": "13:25"},
                ],
                "register_deadline": "09:30",
                "firstday.afternoon_deadline": "14:45",
                "firstday.priority_list": ["social_worker"],
                "firstday.notify_roles": ["safeguarding_lead"],
                "report.accepts": chance.choice([[], ["I"]]),
                "brake.usual": 2,
                "brake.more_than": chance.choice([3, 50]),
            },
            "pupil": children,
            "contact": adults,
            "staff": staff,
            "event": sorted(_events(chance, children, adults), key=lambda event: event["at"]),
        }
    )
    return scenario_of(file)


def _people(chance: Random) -> tuple[list[Person], list[Person]]:
    given, families = chance.sample(GIVEN, len(GIVEN)), chance.sample(FAMILIES, len(FAMILIES))
    names = chance.sample(ADULTS, len(ADULTS))
    children: list[Person] = []
    adults: list[Person] = []
    for place in range(chance.randint(4, 6)):
        family = families.pop()
        own = [_adult(chance, names.pop(), family, len(adults) + n) for n in range(chance.choice((1, 2, 2)))]
        adults += own
        for _ in range(chance.choice((1, 1, 2))):
            name = given.pop()
            group, year = chance.choice((("7M", 7), ("9K", 9)))
            contacts = [one["id"] for one in own]
            tags = ["social_worker"] if chance.random() < 0.15 else []
            children.append(child(name.lower(), f"{name} {family}", *contacts, group=group, year=year, tags=tags))
        if chance.random() < 0.15:
            own[-1]["barred"] = chance.choice([True, [children[-1]["id"]]])
        if chance.random() < 0.15:
            own[-1]["may_report"] = False
        if place and chance.random() < 0.1:
            own[-1]["phone"] = adults[0]["phone"]
    return children, adults


def _adult(chance: Random, name: str, family: str, number: int) -> Person:
    one = adult(name.lower(), f"{name} {family}", 10 + number, chance.choice(RELATIONS), f"home{chance.randint(1, 3)}")
    if chance.random() < 0.1:
        one["landline"], one["phone"] = one["phone"], None
    if chance.random() < 0.2:
        one["email"] = f"{name.lower()}@home.example"
    return one


def _events(chance: Random, children: list[Person], adults: list[Person]) -> list[dict[str, Any]]:
    events = [*_registers(chance, children), *_messages(chance, children, adults), *_staff(chance, children)]
    events += [
        {
            "at": _at(chance, 9, 13),
            "delivery": {"to": chance.choice(adults)["id"], **chance.choice(RECEIPTS)},
        }
        for _ in range(chance.randint(0, 4))
    ]
    if chance.random() < 0.6:
        lost = chance.random() < 0.5
        events.append(
            {"at": _at(chance, 8, 12), "provider": {"down_for": f"{chance.randint(1, 40)}m", "lost_answers": lost}}
        )
    events += [{"at": _at(chance, 8, 15), "crash": True} for _ in range(chance.randint(0, 4))]
    return events


RECEIPTS = (
    {"status": "delivered"},
    {"status": "undelivered", "error": "30005"},
    {"status": "failed", "error": "30006"},
    {"status": "undelivered", "error": "30003"},
    {"status": "failed", "error": "21610"},
)


def _registers(chance: Random, children: list[Person]) -> list[dict[str, Any]]:
    events = []
    for group in sorted({one["group"] for one in children}):
        own = [one["id"] for one in children if one["group"] == group]
        for half, (first, last) in (("am", (time(8, 46), time(9, 45))), ("pm", (time(13, 11), time(13, 40)))):
            if chance.random() < 0.1:
                continue
            for _ in range(chance.choice((1, 1, 2, 3))):
                marks = {pupil: _mark(chance, half) for pupil in own if chance.random() < 0.93}
                at = _between(chance, first, last)
                events.append({"at": at, "register": {"session": half, "group": group, "marks": marks}})
    return events


def _mark(chance: Random, half: str) -> str:
    mark = chance.choice(MARKS)
    return "\\" if (mark, half) == ("/", "pm") else mark


def _messages(chance: Random, children: list[Person], adults: list[Person]) -> list[dict[str, Any]]:
    events = []
    for number in range(chance.randint(4, 14)):
        writer = chance.choice(adults)
        names = [one["given"] for one in children if writer["id"] in one["contacts"]] or ["my child"]
        channel = "email" if writer.get("email") and chance.random() < 0.5 else "sms"
        stranger = chance.random() < 0.08
        message = {
            "from": "+447700900555" if stranger or not writer["phone"] else writer["id"],
            "text": chance.choice(WORDS).format(name=chance.choice(names)),
            "channel": "sms" if stranger else channel,
            "id": f"SM{number}",
        }
        at = _at(chance, 7, 15)
        events.append({"at": at, "message": message})
        if chance.random() < 0.2:
            events.append({"at": at + timedelta(seconds=chance.randint(0, 90)), "message": message})
    return events


def _staff(chance: Random, children: list[Person]) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = []
    for _ in range(chance.randint(0, 8)):
        who, pupil = chance.choice(STAFF)["id"], chance.choice(children)["id"]
        act = chance.choice(
            (
                {"does": "acknowledge", "pupil": pupil},
                {"does": "acknowledge", "pupil": pupil},
                {"does": "settle", "pupil": pupil, "outcome": chance.choice(("answered_ill", "present_after_all"))},
                {"does": "confirm", "pupil": pupil},
                {"does": "amend", "pupil": pupil, "code": chance.choice("LI/O"), "reason": "Seen by staff"},
                {"does": "release"},
                {"does": "hold"},
                {"does": "all_clear"},
                {"does": "away"},
            )
        )
        acts.append({"at": _at(chance, 8, 15), "staff": {"who": who, **act}})
    return acts


def _at(chance: Random, first: int, last: int) -> datetime:
    return _between(chance, time(first, 0), time(last, 59))


def _between(chance: Random, first: time, last: time, day: date = DAY) -> datetime:
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    return start + timedelta(seconds=chance.randint(0, int((end - start).total_seconds())))
