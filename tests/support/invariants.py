"""What holds for every run of a school's day, whatever was written to happen in it.

The first seven rules are those of the checker that came with the example scenarios: `order`, `received`, `barred`,
`listed`, `twice`, `hours`, `mark` (tests/scenarios/days/README.md). They are written anew from their description,
so that the project stands alone, and judge printed lines only, never the program's own opinion. `asked` is ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import ContactPart

Line = Mapping[str, Any]

LONDON = ZoneInfo("Europe/London")
EARLIEST, LATEST = time(7, 0), time(21, 0)
WROTE_LATELY = timedelta(minutes=15)
TOO_SOON = timedelta(minutes=10)
AFTERNOON = time(12, 30)
ASKS = ("absence.ask", "absence.ask_siblings", "absence.ask_other_contact")
ALL_CLEAR = "absence.all_clear"
SEEN_IN_SCHOOL = ("present_after_all", "arrived_late")
EXPECTED = ("late_on_the_way", "left_for_school", "believed_in_school")


def broken(scenario: Scenario, lines: Sequence[Line]) -> list[str]:
    """Every rule that these lines break, each in words that begin with the rule's name; empty for a sound run."""
    rules = (order, received, barred, listed, twice, hours, mark, asked)
    return [fault for rule in rules for fault in rule(scenario, lines)]


def order(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """No line is earlier than the line before it, and each carries London's offset of that moment."""
    before: datetime | None = None
    for line in lines:
        at = _at(line)
        if before is not None and at < before:
            yield f"order: a {line['kind']} line of {line['at']} follows a later one"
        if at.utcoffset() != at.astimezone(LONDON).utcoffset():
            yield f"order: {line['at']} does not carry London's offset"
        before = at


def received(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """Every message that was written is there; the same `id` again need not come again."""
    heard = [(_at(line), str(line.get("text", "")).strip()) for line in lines if line["kind"] == "received"]
    ids: set[str] = set()
    for event in scenario.file.event:
        if event.message is None or event.message.id in ids:
            continue
        if event.message.id is not None:
            ids.add(event.message.id)
        at = scenario.moment(event.at)
        if not any(moment >= at and text == event.message.text.strip() for moment, text in heard):
            yield f"received: the message of {event.at} from {event.message.from_} is lost"


def barred(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """Nothing goes to a barred contact; one barred for some children only hears nothing about those."""
    for line in _to_families(scenario, lines):
        person = _contact(scenario, line["to"])
        if person is None or person.barred is False or person.barred == ():
            continue
        if person.barred is True:
            yield f"barred: {person.id} was written to at {line['at']}"
            continue
        about = set(person.barred) & set(line.get("pupils", ()))
        named = [id for id in person.barred if _own_names(scenario, id) & _words(line["text"])]
        if about or named:
            yield f"barred: {person.id} was written to about {', '.join(sorted({*about, *named}))} at {line['at']}"


def listed(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """No text names a child to anybody who is not a listed contact of that child."""
    names = {pupil.id: _names(pupil.given, pupil.family, *pupil.known_as) for pupil in scenario.file.pupil}
    for line in _to_families(scenario, lines):
        person = _contact(scenario, line["to"])
        own = {pupil.id for pupil in scenario.file.pupil if person is not None and person.id in pupil.contacts}
        known = _words(person.name) if person is not None else set()
        known = known.union(*(names[pupil] for pupil in own))
        for pupil in names.keys() - own:
            if told := (names[pupil] - known) & _words(line["text"]):
                yield f"listed: {line['to']} was told of {pupil} ({', '.join(sorted(told))}) at {line['at']}"


def twice(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """No two identical texts to one person on one channel within ten minutes.

    Unless it is the all-clear after a fresh question (a mark that flickered frightened the family twice), or a person
    said that a dead number works again.
    """
    last: dict[tuple[str, str, str], datetime] = {}
    for line in lines:
        if line["kind"] == "works_again":
            last = {key: at for key, at in last.items() if key[:2] != (line["to"], line["channel"])}
        if not _to_a_family(scenario, line):
            continue
        if line.get("template") in ASKS:
            last = {key: at for key, at in last.items() if (key[0], key[2]) not in _all_clears(line["to"], lines)}
        key = (line["to"], str(line.get("channel")), " ".join(line["text"].split()))
        if key in last and _at(line) - last[key] < TOO_SOON:
            yield f"twice: the same text to {line['to']} at {line['at']} within ten minutes"
        last[key] = _at(line)


def _all_clears(to: str, lines: Sequence[Line]) -> set[tuple[str, str]]:
    """(to, text) of every all-clear to this person."""
    return {
        (to, " ".join(line["text"].split()))
        for line in lines
        if line["kind"] == "sent" and line["to"] == to and line.get("template") == ALL_CLEAR
    }


def hours(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """Nothing goes to a family at night or on a day without school, unless they wrote in the last 15 minutes."""
    for line in _to_families(scenario, lines):
        at = _at(line).astimezone(LONDON)
        if EARLIEST <= at.time() <= LATEST and _school_day(scenario, at.date()):
            continue
        if not any(timedelta(0) <= at - wrote <= WROTE_LATELY for wrote in _wrote(scenario, line["to"])):
            yield f"hours: {line['to']} was written to at {line['at']} without having written to us"


def mark(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """Every change of the register says what it was, what it is, why, and who made it in which position."""
    for line in lines:
        if line["kind"] != "mark":
            continue
        lacking = [key for key in ("code", "reason", "by", "position") if not str(line.get(key) or "").strip()]
        if "original" not in line:
            lacking.append("original")
        if lacking:
            yield f"mark: {line.get('pupil')} at {line['at']} lacks {', '.join(lacking)}"


def asked(scenario: Scenario, lines: Sequence[Line]) -> Iterator[str]:
    """Nobody is asked twice on one channel about one child on one day.

    Unless a person said that a dead number works again, the child was seen in between, somebody said that the child
    was coming, the reason was taken back, or the morning was explained and the afternoon is not.
    """
    seen: dict[tuple[str, str, str, date], str] = {}
    explained: set[tuple[str, str]] = set()
    answered: dict[tuple[str, str], bool] = {}
    for line in lines:
        expected = line.get("state") in ("settled", "answered") and line.get("outcome") in EXPECTED
        if line["kind"] == "case" and (
            line.get("outcome") in SEEN_IN_SCHOOL or expected or _taken_back(line, answered)
        ):
            seen = {key: half for key, half in seen.items() if key[2] != line["pupil"]}
        if line["kind"] == "case":
            answered[line["pupil"], line["session"]] = line.get("state") == "answered"
        if line["kind"] == "case" and line.get("reason") in ("proposed", "confirmed"):
            explained.add((line["pupil"], line["session"]))
        if line.get("template") == "absence.all_clear":  # seen; a text of unknown fate is shown when it is known
            seen = {key: half for key, half in seen.items() if key[2] not in line.get("pupils", ())}
        if line["kind"] == "works_again":
            seen = {key: half for key, half in seen.items() if key[:2] != (line["to"], line["channel"])}
        if not _to_a_family(scenario, line) or line.get("template") not in ASKS:
            continue
        at = _at(line).astimezone(LONDON)
        half = "am" if at.time() < AFTERNOON else "pm"
        for pupil in line.get("pupils", ()):
            key = (line["to"], line["channel"], pupil, at.date())
            before = seen.get(key)
            if before is not None and (before == half or (pupil, before) not in explained):
                yield f"asked: {line['to']} was asked about {pupil} again at {line['at']}"
            seen[key] = half


def _taken_back(line: Line, answered: Mapping[tuple[str, str], bool]) -> bool:
    return answered.get((line["pupil"], line["session"]), False) and line.get("state") in ("open", "asked")


# -- the people of a scenario ---------------------------------------------------------------------------------------


def _to_families(scenario: Scenario, lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if _to_a_family(scenario, line))


def _to_a_family(scenario: Scenario, line: Line) -> bool:
    return line["kind"] == "sent" and line["to"] not in {member.id for member in scenario.file.staff}


def _contact(scenario: Scenario, address: str) -> ContactPart | None:
    for contact in scenario.file.contact:
        if address in (contact.id, contact.phone, contact.email, contact.telegram, contact.landline):
            return contact
    return None


def _wrote(scenario: Scenario, to: str) -> Iterator[datetime]:
    for event in scenario.file.event:
        if event.message is None:
            continue
        writer = _contact(scenario, event.message.from_)
        if to == event.message.from_ or (writer is not None and writer == _contact(scenario, to)):
            yield scenario.moment(event.at)


def _school_day(scenario: Scenario, day: date) -> bool:
    if scenario.calendar is None:
        return day.weekday() < 5
    inside = any(term["first_day"] <= day.isoformat() <= term["last_day"] for term in scenario.calendar["terms"])
    return day.weekday() < 5 and inside and day.isoformat() not in scenario.calendar["closed_days"]


def _own_names(scenario: Scenario, pupil: str) -> set[str]:
    """The first names by which a child is called, without those that a brother or sister shares."""
    called = {one.id: _names(one.given, *one.known_as) for one in scenario.file.pupil}
    return called[pupil].difference(*(names for id, names in called.items() if id != pupil))


def _names(*names: str) -> set[str]:
    return {word for name in names for word in _words(name) if len(word) > 1}


def _words(text: str) -> set[str]:
    plain = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return set(re.findall(r"[^\W\d_]+", plain))


def _at(line: Line) -> datetime:
    return datetime.fromisoformat(line["at"])
