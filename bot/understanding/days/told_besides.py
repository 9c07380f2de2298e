"""What is told besides: "ill today, and the dentist next Tuesday", "PS Monday is Holi, both off", in either order.

Two absences of different reasons and days in one message are each read as if they stood alone. The words are cut where
the one is of today, or of an earlier day than the other, and the other of later days only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT
from attendance.calendar import local
from bot.understanding.children.clauses import TURNS
from bot.understanding.children.named import Named, ids_of
from bot.understanding.dates import Mention
from bot.understanding.evidence import Reading
from bot.understanding.reasons.why import Why, read_why
from bot.understanding.values import Message, Report, Understanding
from bot.understanding.words.normalise import STOPS

#: Behind one of these, or before one that opens a remark, something else may begin.
_PARTING = frozenset((",", "and", "&", "plus", "-", "+", "then", "so", "/", ":"))
_OPENING = frozenset(("also", "ps", "btw", "while", "whilst", "oh", "separately", "additionally", "anyway", "by"))
_VERBS = frozenset("is are 's has have will was he she they we i it can".split())
#: What one is away for on a day that is known before, and from which certainty on words are of today's illness.
_PLANNED = frozenset(("M", "C", "C1", "G", "R", "J1", "P", "B", "V", "W", "E", "S"))
_ILL, _OWN_REASON = frozenset(("I", "M")), 0.5
#: Who is ill and is seen to some days later is away once (contract, code I), but for what has nothing to do with it.
_NOT_OF_IT = re.compile(
    r"\b(?:dent\w+|ortho\w*|opticians?|eye (?:test|check)|hearing test|jabs?|vaccin\w*|immunis\w*|braces?|speech"
    r"|camhs|adhd)\b"
)
#: Who is fetched for it from school was well enough to be there.
_FROM_SCHOOL = re.compile(
    r"\b(?:pick\w*|collect\w*|fetch\w*) (?:him|her|them|\w+)(?: up)?\b|\bout of (?:school|class)\b"
)
_TEETH = re.compile(r"\b(?:tooth\w*|teeth|gums?|abscess|jaw)\b")
_WAS_ILL = re.compile(
    r"\b(?:was|were) (?:\w+ )?(?:ill|sick|poorly|unwell|off)\b"
    r"(?!.*\b(?:today|this morning|still|again|last night|in the night|all night|now)\b)"
)
#: All of the family, so that the children are not only the one named before.
_ALL_OF_US = re.compile(
    r"\b(?:we|they|us|kids|children|boys|girls) (?:are |will |have |re |ll |ve )?(?:all|both)\b"
    r"|\ball (?:of us|three|four)\b|\bboth\b|\bneither\b"
    r"|\b(?:the|as a) (?:pair|two|lot)\b"
)
_NEAR = timedelta(days=3)
_SATURDAY = 5
#: Days of these parts are no days away.
_ASIDE = frozenset(("past", "told"))
#: What is on after school, or is off, is no absence.
_NO_ABSENCE = re.compile(
    r"\bafter school\b|\bafter (?:he|she|they) finish\w*\b|\b(?:in the|that|this) evening\b|\bcancel\w*"
    r"|\bno longer\b|\bhalf term\b"
)
_ENDS = frozenset(("return", "until", "length", "lastday"))
_BACK_ON = re.compile(r"\b(?:back|in|return\w*|school|until|till|to|by|before|for)(?: on| to school| the)* ?$")
_NAMES = 0.75


@dataclass(frozen=True, slots=True)
class _Side:
    """The words `first` up to `until`, with what they say of why and when."""

    first: int
    until: int
    why: Why
    days: tuple[tuple[Mention, str], ...]


def told_besides(seen: Reading) -> Iterator[tuple[Message, Message]]:
    """The message cut in two, the earlier absence first, at each place at which both sides could tell one."""
    asked = seen.message.asked
    if (asked is not None and asked.kind not in ("absence", "reason")) or not _may_tell_two(seen):
        return
    today = local(seen.message.sent_at).date()
    explained = any(hit.tag.startswith("why:I") for hit in seen.hits)
    for place, sure in _places(seen):
        one, other = _side(seen, 0, place), _side(seen, place, len(seen.words.texts))
        for now, then in ((one, other), (other, one)):
            if now is other and not _stands_alone(seen, now, today):
                continue
            of_now = _is_of_now(now, today) or (sure and not explained and _is_off_or_late(seen, now, today))
            if of_now and _is_of_then(seen, then, now, today):
                yield _alone(seen, now, then)


def both_told(now: Understanding, then: Understanding, today: date) -> Understanding | None:
    """Both absences as one answer; None where the words, read alone, do not tell each of them."""
    if now.intent not in ("absence", "late") or then.intent not in ("absence", "leave"):
        return None
    if now.intent == "late":
        late = (replace(report, first_day=report.first_day or today, session="am") for report in now.reports)
        now = replace(now, intent="absence", reports=tuple(late))
    reports = (*now.reports, *then.reports)
    if not now.reports or not then.reports or any(report.first_day is None for report in reports):
        return None
    if {"reason", "dates", "confirm"} & set(then.ask) or "dates" in now.ask:
        return None
    if not all(report.return_day is None or report.return_day > today for report in now.reports):
        return None  # "the dentist next Tuesday, he was ill last week"
    if not {report.code for report in then.reports} <= _PLANNED:
        return None
    if any(_goes_on(report, later) or _covers(report, later) for report in now.reports for later in then.reports):
        return None
    ask = set(now.ask) | set(then.ask) - {"return"}
    return replace(now, reports=(*now.reports, *then.reports), ask=tuple(ask - {"return"}))


def _goes_on(now: Report, then: Report) -> bool:
    """Who is ill until a day and is seen to on that day is away once: "no school this week, consultant on Monday"."""
    return now.code == "I" and then.code == APPOINTMENT and now.return_day == then.first_day


def _covers(now: Report, then: Report) -> bool:
    """Whether the later one lies within the earlier: then it is one absence, or it is told in another way."""
    assert now.first_day is not None
    assert then.first_day is not None
    end = now.return_day or now.first_day + timedelta(days=1)
    return then.first_day < end


def _may_tell_two(seen: Reading) -> bool:
    """Cheap to ask of every message: a reason that is known before, with a day ahead, and another reason or words of
    being away, or late.
    """
    reasons = [hit.tag.split(":")[1] for hit in seen.hits if hit.tag.startswith("why:")]
    today = local(seen.message.sent_at).date()
    ahead = any(day.first is not None and day.first > today for day, role in seen.days.roles if role not in _ASIDE)
    if _WAS_ILL.search(seen.words.line) is not None:
        return False
    now = len(reasons) > 1 and not _ILL.isdisjoint(reasons)
    return ahead and not _PLANNED.isdisjoint(reasons) and (now or seen.signals.has_any("absent", "late"))


def _places(seen: Reading) -> list[tuple[int, bool]]:
    """Where the words may be cut, the likeliest first: sentences, then joining words, then (not sure) before a day, a
    name or a reason.
    """
    texts = seen.words.texts
    ends = [at for at in range(1, len(texts)) if texts[at - 1] in STOPS]
    begins = [at for at in range(1, len(texts)) if texts[at] in TURNS or texts[at] in _OPENING]
    subjects = {one.until - 1 for one in seen.who.named}
    turns = [at for at in begins if texts[at - 1] not in _VERBS and at - 1 not in subjects]  # not "she also has"
    joins = [at for at in range(1, len(texts)) if texts[at - 1] in _PARTING]
    days = [seen.words.word_at(day.start) for day, _ in seen.days.roles]
    names = [one.first for one in seen.who.named]
    told = [hit for hit in seen.hits if hit.tag.startswith("why:")]
    within = {at for hit in told for at in range(hit.first + 1, hit.until)}  # "flu jab" is not cut
    reasons = [hit.first for hit in told if hit.first not in within]
    sure = {*ends, *turns, *joins}
    order = [*ends, *turns, *reversed(joins), *days, *names, *reasons]
    return [(place, place in sure) for place in dict.fromkeys(order) if 0 < place < len(texts)]


def _side(seen: Reading, first: int, until: int) -> _Side:
    days = tuple(row for row in seen.days.roles if first <= seen.words.word_at(row[0].start) < until)
    return _Side(first, until, read_why(seen.words, seen.who, seen.hits, [(first, until)]), days)


def _stands_alone(seen: Reading, side: _Side, today: date) -> bool:
    """Behind the later absence, today's is told of a child by its name, or of today; not "they miss all the day"."""
    return bool(_clearly(seen, side)) or any(day.form == "today" or day.first == today for day, _ in side.days)


def _is_of_now(side: _Side, today: date) -> bool:
    """Ill, or at an appointment, today: no later day is said of it but the one of coming back."""
    if side.why.code not in _ILL or side.why.certainty < _OWN_REASON or not _only_until_today(side, today):
        return False
    if _is_of_a_day_gone(side, today):
        return False  # "he had his jab last Tuesday"
    return side.why.code != APPOINTMENT or any(day.first == today for day, _ in side.days)


def _is_off_or_late(seen: Reading, side: _Side, today: date) -> bool:
    """Off today, or late, without a word of why."""
    if side.why.code not in (None, "O") or not _only_until_today(side, today) or _is_of_a_day_gone(side, today, 0):
        return False
    tags = {hit.tag for hit in seen.hits if side.first <= hit.first and hit.until <= side.until}
    of_today = any(day.first == today for day, _ in side.days)
    off = side.why.code is None and "kind:absent" in tags and of_today
    return off or ("kind:late" in tags and (of_today or side.first == 0))  # not "he'll be in by 10.30 that day"


def _only_until_today(side: _Side, today: date) -> bool:
    days = [(day.first, role) for day, role in side.days if role not in _ASIDE]
    return all(first is None or first <= today or role in _ENDS for first, role in days)


def _is_of_a_day_gone(side: _Side, today: date, nights: int = 1) -> bool:
    """Whether all days of its words are more than so many nights ago."""
    gone = [
        day.last < today - timedelta(days=nights) for day, role in side.days if day.last is not None and role != "since"
    ]
    return bool(gone) and all(gone)


def _is_of_then(seen: Reading, side: _Side, now: _Side, today: date) -> bool:
    """Away on a later day for a reason that is known before."""
    away = [day.first for day, role in side.days if day.first is not None and _is_away(seen, day, role)]
    if not away or min(away) <= today or min(away).weekday() >= _SATURDAY or _PLANNED.isdisjoint(side.why.scores):
        return False
    words = _said(seen, side)
    if _NO_ABSENCE.search(words):
        return False
    seen_to = APPOINTMENT in side.why.scores and now.why.code == "I" and min(away) <= today + _NEAR
    apart = _NOT_OF_IT.search(words) is not None and _TEETH.search(_said(seen, now)) is None
    return not seen_to or apart or _FROM_SCHOOL.search(words) is not None


def _is_away(seen: Reading, day: Mention, role: str) -> bool:
    """A day away, or the one of "Friday is Eid so neither will be in", which sounds like a return."""
    back = role == "return" and _BACK_ON.search(seen.words.line[: day.start]) is None
    return day.first is not None and (back or role not in _ASIDE | _ENDS)


def _alone(seen: Reading, now: _Side, then: _Side) -> tuple[Message, Message]:
    """Each side as a message of its own; of whom a side names nobody, the other one tells it."""
    names = [_clearly(seen, side) for side in (now, then)]
    messages = []
    for side, own, others in ((now, names[0], names[1]), (then, names[1], names[0])):
        message = replace(seen.message, text=_text(seen, side))
        if not own and others and not (side is then and _ALL_OF_US.search(_said(seen, side))):
            spoken_of = ids_of(others)
            among = tuple(child for child in message.children if child.id in spoken_of)
            message = replace(message, children=among)
        messages.append(replace(message, asked=None) if side is then else message)
    return messages[0], messages[1]


def _clearly(seen: Reading, side: _Side) -> Sequence[Named]:
    return [
        one
        for one in seen.who.named
        if side.first <= one.first < side.until and one.certainty >= _NAMES and one.how != "pronoun"
    ]


def _said(seen: Reading, side: _Side) -> str:
    return " ".join(seen.words.texts[side.first : side.until])


def _text(seen: Reading, side: _Side) -> str:
    """The parent's own characters of one side."""
    words = seen.words
    start = words.words[side.first].start
    end = words.words[side.until].start if side.until < len(words.words) else len(words.original)
    return words.original[start:end].strip()
