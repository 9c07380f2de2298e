"""The words that stand in a child's row: the last ones that say something, and what was understood in the end.

A parent's newest text is often only an answer to our question ("yes", "BOTH", "1"). Such a text keeps the words before
it company; it never takes their place. What was understood is that of the newest words in which anything was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from attendance.calendar import local
from attendance.ladder import Alert
from attendance.school import School
from office import wording
from office.board.snapshot import Said, Snapshot

MOST = 3
"""Messages in one row; the story has all of them."""
SHORT_LETTERS = 24
SHORT_WORDS = 3
SAYS_NOTHING = frozenset({"confirm", "chat", "help", "stop"})
"""What a message may be taken for without saying anything about a child."""


@dataclass(frozen=True, slots=True)
class LastWords:
    """`every` is at most MOST messages, oldest first, of which one says something; `read` is what was understood."""

    every: tuple[Said, ...]
    read: str = ""

    @property
    def newest(self) -> Said:
        """What was said last."""
        return self.every[-1]

    @property
    def safeguarding(self) -> bool:
        """True when any of them discloses possible harm."""
        return any(one.safeguarding for one in self.every)


def last_words(snapshot: Snapshot, pupil: str, alerts: Sequence[Alert], known: str = "") -> LastWords | None:
    """What to show of what was said about a pupil; the words that live alerts are about are always part of it.

    `known`: the code that stands beside them anyway, and is not said again.
    """
    said = _of_the_day(snapshot, pupil)
    urgent = [one for one in reversed(said) if alerts and is_urgent(one)]
    raised = [*_raised_by(snapshot, alerts), *urgent][: MOST - 1]
    shown = {one.id: one for one in (*raised, *said[-1:])}
    if not shown:
        return None
    first = min(shown.values(), key=lambda one: one.at)
    if all(is_answer(one) for one in shown.values()):
        fuller = next((one for one in reversed(said) if one.at <= first.at and not is_answer(one)), None)
        shown |= {fuller.id: fuller} if fuller else {}
    every = tuple(sorted(shown.values(), key=lambda one: one.at))
    readable = {one.id: one for one in said if not one.safeguarding} | shown
    return LastWords(every, understood(snapshot.school, pupil, tuple(readable.values()), known))


def _of_the_day(snapshot: Snapshot, pupil: str) -> Sequence[Said]:
    """What was said about a pupil besides a request for leave that waits: that stands with the request, and beside an
    illness of today it would be taken for its words. An address that answers us is of the request, however it is read.
    Where nothing else was said, that."""
    said = snapshot.about(pupil)
    asked = {message for request in snapshot.leave for message in request.told}
    answers = {text for request in snapshot.leave for text in request.details.values()}
    of_a_request = [one for one in said if one.id in asked]
    hidden = {one.id for one in of_a_request if one.text.strip() in answers or not _reports_today(one, pupil)}
    return [one for one in said if one.id not in hidden] or said


def _reports_today(words: Said, pupil: str) -> bool:
    """Whether these words report the pupil away on the day on which they were written, or before it."""
    reports = words.understood.get("reports", ()) if words.understood else ()
    today = local(words.at).date().isoformat()
    return any(pupil in one.get("children", ()) and (one.get("first_day") or today) <= today for one in reports)


def _raised_by(snapshot: Snapshot, alerts: Sequence[Alert]) -> list[Said]:
    """The messages that these alerts are about, the worst first as the alerts are."""
    keys = [alert.key.split("/") for alert in alerts]
    found = [snapshot.message(parts[1]) for parts in keys if parts[0] == "message" and len(parts) > 1]
    return [one for one in found if one is not None]


def is_urgent(words: Said) -> bool:
    """Whether these words raised an alarm: of a case, which does not say which words it was."""
    return bool(words.understood and words.understood.get("urgent"))


def is_answer(words: Said) -> bool:
    """Whether these words mean little without what was said or asked before them."""
    if words.safeguarding or is_urgent(words):
        return False
    return is_short(words) or words.intent in SAYS_NOTHING


def is_short(words: Said) -> bool:
    """A word or two: "yes", "BOTH"."""
    text = words.text.strip()
    return len(text) <= SHORT_LETTERS and len(text.split()) <= SHORT_WORDS


def understood(school: School, pupil: str, said: Sequence[Said], known: str = "") -> str:
    """What was read about the pupil in the newest of these words in which anything was; "" where nobody read them.

    Where the newest words are more than a bare answer and nothing was read in them, that is said too.
    """
    ordered = sorted(said, key=lambda one: one.at)[::-1]  # of one moment, the one that came last stands first
    for one in ordered:
        if found := _about(school, pupil, one, known):
            quiet = one is ordered[0] or is_short(ordered[0])
            return found if quiet else f"{found} ({wording.clock(one.at)}); nothing in the newest words"
    intent = next((one.intent for one in ordered if one.intent and one.intent not in SAYS_NOTHING), "")
    return wording.INTENTS.get(intent, intent)


def _about(school: School, pupil: str, words: Said, known: str) -> str:
    if words.understood is None or words.intent in ("reject", "cancel", "missing", "present"):
        return wording.INTENTS[words.intent] if words.understood is not None else ""
    for report in words.understood.get("reports", ()):
        if pupil in report.get("children", ()):
            said, left_open = reported(report, school.policy.code_set, known), doubts(words.understood)
            if found := "; ".join(one for one in (said, left_open) if one):
                return found
    return ""


def reported(report: Mapping[str, Any], edition: str, known: str = "") -> str:
    """What a report says of its children: "I, illness, from Mon 16 Nov, back Wed 18 Nov"; "" where it says nothing.

    `known`: a code that is not said again.
    """
    code, half = report.get("code"), report.get("session")
    parts = [wording.code_said(code, edition)] if code and code != known else []
    parts += _days(report)
    parts += [
        f"{label} {report[key]}" for key, label in (("arrives", "in by"), ("leaves", "leaves")) if report.get(key)
    ]
    if half in ("am", "pm") and not report.get("arrives"):
        parts.append(f"{wording.HALVES[half]} only")
    return ", ".join(parts)


def _days(report: Mapping[str, Any]) -> list[str]:
    first, back = (wording.short_day(date.fromisoformat(report[key])) if report.get(key) else ""
                   for key in ("first_day", "return_day"))  # fmt: skip
    if first and first == back:
        return [f"on {first}"]
    return [f"{label} {day}" for label, day in (("from", first), ("back", back)) if day]


def doubts(read: Mapping[str, Any]) -> str:
    """What a message left open: "not sure of the reason, no return day said"; "" where it left nothing open."""
    backs = [report.get("return_day") for report in read.get("reports", ())]
    words = {**wording.DOUBTS, **({"return": "not sure of the return day"} if any(backs) else {})}
    return ", ".join(words.get(one, one) for one in read.get("ask", ()))
