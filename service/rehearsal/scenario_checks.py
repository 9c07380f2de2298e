"""What a scenario file says that cannot be: people, words and times that do not exist. Each fault with its place.

The words are those of docs/vocabulary.md. A pattern with a word that no line can hold would never match, and a
`[[never]]` with it would hold for ever: so it is a fault of the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, get_args

from attendance.calendar import instant
from attendance.case import Reason, Stage, Whereabouts
from attendance.codes import EDITIONS, code_set
from attendance.history import SESSIONS_A_DAY
from attendance.ladder import ALERT_REASONS
from attendance.leave import LeaveState
from attendance.policy.words import ACTIONS, ROLES, TAGS, advise
from service.staff.staffing import OUTCOMES

if TYPE_CHECKING:
    from service.rehearsal.scenario_parts import EventPart, ScenarioFile

KEYS: Mapping[str, frozenset[str]] = {
    "received": frozenset("from channel text understood pupils".split()),
    "sent": frozenset("to channel template text pupils segments".split()),
    "mark": frozenset("pupil day session original code provisional by position reason".split()),
    "case": frozenset("pupil day session state whereabouts reason outcome".split()),
    "alert": frozenset("to role reason urgent pupils channel because session".split()),
    "acknowledged": frozenset("by role pupils session reason".split()),
    "task": frozenset("role what due pupils session".split()),
    "leave": frozenset(
        "pupil first_day return_day state code flags notice_days days until lacks by position reason".split()
    ),
    "letter": frozenset("pupil stage letter state to".split()),
    "held": frozenset("what why pupils".split()),
    "works_again": frozenset("to channel by position pupils".split()),
}
"""Kinds of lines, and the keys of each beside `at` and `kind`."""
PATTERN_WORDS = frozenset({"from", "until", "times", "at_least", "after", "text_has", "text_lacks", "pupil", "sender"})
"""Keys of a pattern that are no keys of a line, or are matched in a way of their own."""
ALL_KEYS = PATTERN_WORDS.union({"at", "kind", "school"}, *KEYS.values())
WORDS: Mapping[tuple[str, str], Collection[str]] = {
    ("alert", "reason"): ALERT_REASONS,
    ("task", "what"): ACTIONS,
    ("case", "state"): get_args(Stage),
    ("case", "whereabouts"): get_args(Whereabouts),
    ("case", "reason"): get_args(Reason),
    ("case", "outcome"): OUTCOMES,
    ("leave", "state"): get_args(LeaveState),
    ("letter", "state"): ("draft", "released"),
    ("alert", "role"): ROLES,
    ("task", "role"): ROLES,
    ("acknowledged", "role"): ROLES,
}
"""The closed lists of words that keys of a line hold."""

OWN_SCHOOL = "school"
"""The id of the school that the file itself is about, in a rehearsal's database."""
Pattern = Mapping[str, Any]


def moment(file: ScenarioFile, value: time | datetime) -> datetime:
    """A local time belongs to the date of `start`; a local date-time stands for itself. Aware UTC."""
    if isinstance(value, datetime):
        return instant(value.date(), value.time())
    return instant(file.start.date(), value)


def faults_of(file: ScenarioFile, timed: bool) -> list[str]:
    """Every fault. `timed`: the file's start and end are its own, so that other times can be measured by them."""
    faults = [*_people(file), *_words_of_people(file), *_events(file), *_history(file, timed), *_patterns(file)]
    return [*faults, *_times(file), *_pattern_times(file)] if timed else faults


# -- people ----------------------------------------------------------------------------------------------------------


def _people(file: ScenarioFile) -> Iterator[str]:
    contacts = {contact.id for contact in file.contact}
    schools = {None, *(school.id for school in file.school)}
    named = [*((pupil.id, pupil.school) for pupil in file.pupil), *((one.id, one.school) for one in file.staff)]
    for id, school in named:
        if school not in schools:
            yield f"{id}: there is no school {school}; add a [[school]] with that id."
    for kind, ids in (
        ("school", [OWN_SCHOOL, *(s.id for s in file.school)]),
        ("pupil", [p.id for p in file.pupil]),
        ("contact", [c.id for c in file.contact]),
        ("staff", [s.id for s in file.staff]),
    ):
        yield from (f"{kind}: the id {id} is used twice." for id in sorted({id for id in ids if ids.count(id) > 1}))
    for pupil in file.pupil:
        for contact in pupil.contacts:
            if contact not in contacts:
                yield f"pupil {pupil.id}: there is no contact {contact}; add a [[contact]] with that id."


def _words_of_people(file: ScenarioFile) -> Iterator[str]:
    pupils, staff = {pupil.id for pupil in file.pupil}, {member.id for member in file.staff}
    for pupil in file.pupil:
        yield from (f"pupil {pupil.id}: {advise(tag, TAGS, 'tag')}." for tag in pupil.tags if tag not in TAGS)
        if pupil.named_person is not None and pupil.named_person not in staff:
            yield f"pupil {pupil.id}: there is no member of staff {pupil.named_person} to be the named person."
    for member in file.staff:
        yield from (f"staff {member.id}: {advise(role, ROLES, 'role')}." for role in member.roles if role not in ROLES)
    for contact in file.contact:
        for key in ("barred", "may_report", "parental_responsibility"):
            named = getattr(contact, key)
            for one in () if isinstance(named, bool) else named:
                if one not in pupils:
                    yield f"contact {contact.id}: {key} names a pupil {one}, and there is none."


# -- events ----------------------------------------------------------------------------------------------------------


def _events(file: ScenarioFile) -> Iterator[str]:
    known: Mapping[str, set[str]] = {
        "pupil": {pupil.id for pupil in file.pupil},
        "group": {pupil.group for pupil in file.pupil},
        "contact": {contact.id for contact in file.contact},
        "member of staff": {member.id for member in file.staff},
        "school": {school.id for school in file.school},
    }
    for number, event in enumerate(file.event, 1):
        for what, one in _named(event, known["contact"]):
            if one is not None and one not in known[what]:
                yield f"event {number}: there is no {what} {one}."
        act = event.staff
        if act is not None and act.outcome is not None and act.outcome not in OUTCOMES:
            yield f"event {number}: {advise(act.outcome, OUTCOMES, 'outcome')}."
        if act is not None and act.what is not None and act.what not in ACTIONS:
            yield f"event {number}: {advise(act.what, ACTIONS, 'task')}."


def _named(event: EventPart, contacts: set[str]) -> Iterator[tuple[str, str | None]]:
    """Whom an event names, and what they should be."""
    if event.message is not None and not _is_address(event.message.from_):
        yield "contact", event.message.from_
    if event.message is not None:
        yield "school", event.message.to
    if event.form is not None:
        yield "contact", event.form.from_
        yield from (("pupil", child) for child in event.form.children)
    if event.register_ is not None:
        yield from (("pupil", pupil) for pupil in event.register_.marks)
        yield "group", event.register_.group
    if event.delivery is not None:
        yield "contact", event.delivery.to
    if event.staff is not None:
        yield "member of staff", event.staff.who
        yield "pupil", event.staff.pupil
        yield "contact", event.staff.contact


def _is_address(text: str) -> bool:
    """A bare number or an e-mail address may be nobody's."""
    return any(sign in text for sign in "+@") or text.isdigit()


def _history(file: ScenarioFile, timed: bool) -> Iterator[str]:
    pupils = {pupil.id for pupil in file.pupil}
    known = {code.code for edition in EDITIONS for code in code_set(edition)}
    for number, one in enumerate(file.history, 1):
        here = f"history {number}"
        if one.pupil not in pupils:
            yield f"{here}: there is no pupil {one.pupil}."
        if one.from_ > one.until:
            yield f"{here}: it ends on {one.until} before it begins on {one.from_}; swap them."
        elif timed and one.until > file.start.date():
            yield f"{here}: {one.until} is after `start`; history stands for the time before it."
        elif one.attended + sum(one.absent.values()) > SESSIONS_A_DAY * ((one.until - one.from_).days + 1):
            yield f"{here}: it has more sessions than {SESSIONS_A_DAY} a day."
        yield from (f"{here}: {code} is no attendance code." for code in sorted(one.absent.keys() - known))


def _times(file: ScenarioFile) -> Iterator[str]:
    start, end = moment(file, file.start), moment(file, file.end)
    if end <= start:
        yield "end: it must be later than start."
        return
    last = start
    for number, event in enumerate(file.event, 1):
        at = moment(file, event.at)
        if not start <= at <= end:
            yield f"event {number}: {event.at} lies outside start and end."
        elif at < last:
            yield f"event {number}: {event.at} is earlier than the event before it; put events in order."
        else:
            last = at


# -- patterns --------------------------------------------------------------------------------------------------------


def _all_patterns(file: ScenarioFile) -> Iterator[tuple[str, int, Pattern]]:
    for label, patterns in (("expect", file.expect), ("never", file.never)):
        yield from ((label, number, pattern) for number, pattern in enumerate(patterns, 1))


def _patterns(file: ScenarioFile) -> Iterator[str]:
    pupils = {pupil.id for pupil in file.pupil}
    people = pupils.union((c.id for c in file.contact), (s.id for s in file.staff))
    for label, number, pattern in _all_patterns(file):
        here = f"{label} {number}"
        yield from (f"{here}: {advise(key, ALL_KEYS, 'key of a pattern')}." for key in pattern if key not in ALL_KEYS)
        yield from (f"{here}: {fault}" for fault in _words_of(pattern))
        for one in (*listed(pattern.get("pupil")), *listed(pattern.get("pupils"))):
            if one not in pupils:
                yield f"{here}: there is no pupil {one}."
        for one in (*listed(pattern.get("to")), *listed(pattern.get("sender"))):
            if one not in people and not _is_address(str(one)):
                yield f"{here}: nobody is called {one}."
        yield from (f"{here}: {fault}" for fault in _counts(pattern, label, number, len(file.expect)))


def _words_of(pattern: Pattern) -> Iterator[str]:
    for kind in listed(pattern.get("kind")):
        if kind not in KEYS:
            yield f"{advise(str(kind), KEYS, 'kind of line')}."
            continue
        for (of_kind, key), allowed in WORDS.items():
            for word in listed(pattern.get(key)) if of_kind == kind else ():
                if word not in allowed:
                    yield f"{advise(str(word), allowed, f'{key} of a line of kind {kind}')}."


def _counts(pattern: Pattern, label: str, number: int, expects: int) -> Iterator[str]:
    for key in ("times", "at_least", "after"):
        value = pattern.get(key)
        if value is None:
            continue
        if label == "never" and key != "after":
            yield f"{key} is not possible here; a [[never]] fails at its first match."
        elif isinstance(value, bool) or not isinstance(value, int) or value < (key != "times"):
            yield f"{key} must be a whole number."
        elif key == "after" and value > (number - 1 if label == "expect" else expects):
            yield f"after = {value} names no [[expect]] above this one."


def _pattern_times(file: ScenarioFile) -> Iterator[str]:
    for label, number, pattern in _all_patterns(file):
        here, bounds = f"{label} {number}", {}
        for key in ("from", "until"):
            value = pattern.get(key)
            if value is None:
                continue
            if not isinstance(value, time | datetime):
                yield f"{here}: {key} must be a time, as in {key} = 09:15:00."
                continue
            bounds[key] = moment(file, value)
            if not moment(file, file.start) <= bounds[key] <= moment(file, file.end):
                yield f"{here}: {key} = {value} lies outside start and end."
        if len(bounds) == 2 and bounds["from"] > bounds["until"]:
            yield f"{here}: until is before from; swap them."


def listed(value: Any) -> Sequence[Any]:
    """A list as it is, one value as a list of one, nothing as an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
