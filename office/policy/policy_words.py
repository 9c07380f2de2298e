"""Single values of a policy as one says them: times, spans, people, lists. What the whole says is policy_text.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta

from attendance.policy import Notice, RegisterWindow, Round
from attendance.spoken import together
from office import wording

YES_NO = {True: "yes", False: "no"}
CONTACTS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
BY = {**wording.CHANNELS, "call": "a call by the office"}
REPORT_BY = {
    "app": "the school’s app", "sms_reply": "a reply to our text", "phone": "telephone", "email": "e-mail",
    "web": "the website", "note": "a written note",
}  # fmt: skip
UNITS = {"d": "days", "w": "weeks", "sw": "school weeks"}


def span(value: timedelta) -> str:
    """A duration: "30 minutes", "4 hours", "5 days"."""
    minutes = int(value.total_seconds() // 60)
    if minutes == 0:
        return "at once"
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0 and (size == 1 or minutes > size or size == 24 * 60):
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{minutes} minutes"


def deadline(value: time | timedelta) -> str:
    """A time of day, or a span after the register’s close."""
    return f"{value:%H:%M}" if isinstance(value, time) else f"{span(value)} after the register closes"


def notice(value: Notice) -> str:
    """A notice period; none where the policy gives no number."""
    return f"{value.count} {UNITS[value.unit]}" if value.count else "no number is given"


def roles(names: Iterable[str]) -> str:
    """Roles one after the other."""
    said = [wording.role(name) for name in names]
    return together(said) if said else "nobody"


def tags(names: Iterable[str]) -> str:
    """Pupil tags as the office says them."""
    said = [wording.TAGS.get(name, name.replace("_", " ")) for name in names]
    return together(said) if said else "none"


def listed(words: Iterable[str], none: str = "none") -> str:
    """Words of the policy, without their underscores."""
    said = [word.replace("_", " ") for word in words]
    return together(said) if said else none


def contacts(step: Round) -> str:
    """Who is asked in a round: "the first and the second contact"."""
    places = together([CONTACTS.get(place, f"{place}th") for place in step.to])
    return f"the {places} contact{'s' if len(step.to) > 1 else ''}"


def channels(step: Round) -> str:
    """How they are asked: the first of these that the contact has; a call comes beside it."""
    ways = [BY[way] for way in step.by if way != "call"]
    said = f"by {together(ways, 'or')}" if ways else ""
    if "call" in step.by:
        return f"{said}, and {BY['call']}" if said else f"by {BY['call']}"
    return said


def window(one: RegisterWindow) -> str:
    """For whom a register is: "morning, all", "afternoon, Nursery to Year 2"."""
    half = wording.HALVES[one.session]
    if one.years:
        first, last = wording.year(min(one.years)), wording.year(max(one.years))
        who = first if first == last else f"{first} to {last}"
        return f"{half}, {who}" + ("" if one.group == "all" else f" in {one.group}")
    return f"{half}, {'everybody' if one.group == 'all' else one.group}"
