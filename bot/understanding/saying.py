"""What was understood, said as an office would say it: names, reasons and days in words, and why something is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attendance.calendar import local
from attendance.codes import EDITIONS, code_set
from bot.understanding.values import Message, Report, Seen, Understanding

_REASONS = {
    "I": "ill", "M": "medical or dental appointment", "N": "no reason given", "R": "religious observance",
    "C": "leave in exceptional circumstances", "G": "holiday", "O": "a reason that is not authorised",
    "T": "travelling with a parent for work", "J1": "interview", "C1": "performance", "S": "study leave",
    "E": "suspended or excluded", "Y1": "school transport did not come", "Y2": "travel disruption",
}  # fmt: skip
_KINDS = {
    "late": "late", "return": "the day of return", "present": "said to be in school",
    "missing": "the parent does not know where the child is", "cancel": "the absence is taken back",
}  # fmt: skip
_WITHOUT_REPORT = {
    "confirm": "A yes to what we read back", "reject": "A no to what we read back",
    "other_parent": "The child is with somebody else, who has to be asked", "leaver": "The child is leaving the school",
    "question": "A question or complaint for a person", "wrong_number": "Not the parent's number any more",
    "stop": "The sender wants no more messages", "help": "The sender asks how this works",
    "chat": "Thanks, small talk or an automatic reply", "return": "The day of return, and it is not known yet",
    "cancel": "An absence is taken back", "late": "Late", "absence": "An absence", "leave": "A request for leave",
    "present": "Said to be in school", "missing": "The parent does not know where the child is",
}  # fmt: skip
_ASKED = {
    "child": "Which child is asked, because the words fit more than one or none.",
    "reason": "The reason is asked, because the words do not say it for sure.",
    "dates": "The first day is asked, because the words allow more than one.",
    "confirm": "All of it is read back first, because the message may mean something else.",
}
_HALVES = {"am": "morning", "pm": "afternoon"}
#: Of each kind of ground so many places of the text are quoted.
_QUOTED = 2


def in_plain_words(message: Message, understood: Understanding) -> str:
    """What was understood, from which words, and what is asked and why, in a few sentences.

    `understood` with its trace (`understand(..., explain=True)`); without one nothing is quoted.
    """
    today = local(message.sent_at).date()
    said = [_capital(_report(message, report, understood.intent, today)) for report in understood.reports]
    if not said:
        said = [f"{_WITHOUT_REPORT.get(understood.intent, understood.intent)}."]
    if words := _quoted(message.text, _grounds(understood)):
        said.append(f"From the words {words}.")
    said += [_ASKED[field] for field in understood.ask if field in _ASKED]
    if "return" in understood.ask:
        known = any(report.return_day is not None for report in understood.reports)
        said.append(f"The day of return is asked, because it is {'not certain' if known else 'not said'}.")
    said += _flags(message.text, understood)
    return " ".join(said)


def _report(message: Message, report: Report, intent: str, today: date) -> str:
    who = " and ".join(_names(message, report)) or "a child who is not known yet"
    what = _reason(report, intent)
    parts = [f"{who}: {what}"]
    if report.session in _HALVES:
        parts.append(_HALVES[report.session])
    if report.leaves is not None:
        parts.append(f"leaves at {report.leaves:%H:%M}")
    if report.arrives is not None:
        parts.append(f"arrives at {report.arrives:%H:%M}")
    if report.first_day is not None:
        parts.append(f"from {_day(report.first_day, today)}")
    if report.return_day is not None and report.return_day != report.first_day:
        parts.append(f"back {_day(report.return_day, today)}")
    return ", ".join(parts) + "."


def _names(message: Message, report: Report) -> list[str]:
    by_id = {child.id: f"{child.given} {child.family}".strip() for child in message.children}
    return [by_id.get(child, child) for child in report.children]


def _reason(report: Report, intent: str) -> str:
    if report.code is None:
        return _KINDS.get(intent if intent in _KINDS else "late", intent)
    table = code_set(EDITIONS[0])
    known = _REASONS.get(report.code) or (table.get(report.code).name if report.code in table else "")
    return f"{known} (code {report.code}, provisional)" if known else f"code {report.code}, provisional"


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _grounds(understood: Understanding) -> Iterator[Seen]:
    """The places of the text that the reported reasons, days and times stand on; of the others those of the kind."""
    codes = {report.code for report in understood.reports}
    days = {str(day) for report in understood.reports for day in (report.first_day, report.return_day) if day}
    times = {f"{at:%H:%M}" for report in understood.reports for at in (report.arrives, report.leaves) if at}
    kinds = f"{understood.intent}, for these words"
    reasons = codes | {f"{code}, for these words" for code in codes}
    for seen in understood.trace:
        told = not set(seen.what.split()).isdisjoint(days | times)
        whole = seen.what == kinds and not understood.reports
        if {"why": seen.what in reasons, "when": told, "kind": whole}.get(seen.layer, False):
            yield seen


def _quoted(text: str, seen: Iterator[Seen]) -> str:
    """The quoted places in the order of the text, each once; places inside another one are left out."""
    by_layer: dict[str, list[tuple[int, int]]] = {}
    for one in seen:
        places = by_layer.setdefault(one.layer, [])
        if one.span[0] < one.span[1] and not any(a < one.span[1] and one.span[0] < b for a, b in places):
            places.append(one.span)
    chosen = sorted({place for places in by_layer.values() for place in places[:_QUOTED]})
    return _listed([f"“{' '.join(text[first:until].split())}”" for first, until in chosen])


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def _flags(text: str, understood: Understanding) -> Iterator[str]:
    heard = _quoted(text, (seen for seen in understood.trace if seen.layer == "danger"))
    because = f", for {heard}" if heard else ""
    if understood.urgent:
        yield f"A person must act now{because}."
    if understood.safeguarding:
        yield f"The safeguarding lead must read it{because}."
    if understood.sender_doubt:
        yield "It looks as if a pupil wrote it as the parent."
