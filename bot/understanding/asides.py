"""Sentences beside a report that tell nothing of it: the school's own business, what is over, what is far ahead.

"Parents evening is on the 20th isn't it?", "the bus was late again yesterday", "his mum is away until Sunday": their
days and reasons were taken for those of the absence. They are read as if they were not there; a person sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.school_life import BUSINESS
from bot.understanding.values import Message
from bot.understanding.words.normalise import STOPS

_GROWN = (
    r"(?:his|her|their|my|our) (?:mums?|mam|mother|dads?|father|stepdad|stepmum|nans?|nanny|gran\w*"
    r"|grandparents|parents|aunt\w*|uncle|cousins?|partner|husband|wife|in - laws)"
)
#: With one of these a sentence says of the child that it is away, late or back, or asks for it.
_AWAY = re.compile(
    r"\b(?:off|absent|absence|away|leave|leaving|miss\w*|keep\w*|kept|home|holiday|appointments?|dentist|doctors?"
    r"|hospital|funeral|wedding|ill|sick|poorly|unwell|back|return\w*|pick\w*|out of school|today|tomorrow"
    r"|not (?:be |make it |going |go |able )*(?:in|at|to|there|come|coming|attend\w*))\b"
)
#: Whatever day is named: a grown-up who is away, at work or coming to stay, and no more is said of it; what a child has
#: had for years; homework that is asked for; the way home from a holiday.
_MORE = r"(?!.*\b(?:so|because|bring|take|him|he|she|them|they|not|kids|children|both)\b)"
_PLAINLY = (
    re.compile(
        rf"^(?:(?:and|also|but) )?{_GROWN} (?:is|are|will be) (?:away|abroad|working|at work"
        rf"|on (?:holiday|nights|shift)|visiting|coming|staying|over|down)\b{_MORE}"
    ),
    re.compile(
        r"^(?:(?:please|also|and) )*(?:can|could|would|will) (?:you|u|someone) (?:please )?(?:e ?-? ?mail|send|print)"
        r" .*\b(?:work|homework)\b"
    ),
    re.compile(
        r"^i (?:start|finish|am at|am in|am on) (?:work|a meeting|meetings|shift|nights)\b(?!.*\b(?:bring|take|drop)\b)"
    ),
    re.compile(rf"^i have (?:just )?booked .*\bmyself\b{_MORE}"),
    re.compile(r"^(?:i am|we are) (?:expecting|due)\b|\bbaby (?:is )?due\b"),
    re.compile(
        r"^(?:as you (?:know|are aware)|remember|(?:just )?a reminder)[ ,]*(?:that )?\w+"
        r" (?:has|suffers (?:with|from)|is) (?:\w+ )?"
        r"(?:asthma\w*|adhd|autis\w*|eczema|diabet\w*|epilep\w*|dyslex\w*|hay ?fever|allerg\w*)"
        r"(?: \w+){0,2} [.!]?$"
    ),
)
#: Of other days, where no word of being away stands beside them.
_OTHER = (
    re.compile(r"\b(?:move|moving) house\b.*\b(?:next (?:week|month|year|term)|in the (?:summer|new year))\b"),
    re.compile(r"\bit is (?:his|her|their|my) (?:\w+ )?birthday\b"),
    re.compile(
        r"\b(?:has|have|got) (?:\w+ )?(?:mocks?|exams?|tests?|assessments?|gcses?|sats) next (?:week|month|term)\b"
    ),
    re.compile(
        r"\b(?:cousin|brother|sister|siblings?) (?:starts|start|joins|is starting|is joining|will be joining)\b"
    ),
)
_WAY_HOME = re.compile(rf"^(?:\w+ )?we (?:only |just )?(?:got|came|flew) (?:back|home)\b{_MORE}")
#: Of a child that cannot do something, or is hurt: its reason, whatever else is told.
_NOT_WELL = re.compile(r"\b(?:can not|cannot|not able|unable|hurts?|hurt|sore|pain\w*|limp\w*)\b")
_JAB = re.compile(r"\b(?:had|got) (?:\w+ ){0,3}(?:jabs?|vaccin\w*|immunis\w*|boosters?)\b")
#: What is told for its own sake when it is over: a bus that was late, a lost bag, a move, a boiler, a wedding.
_WAS = re.compile(
    r"\b(?:bus|train|coach|minibus|taxi|he|she|they|we)(?: \w+)? (?:was|were) (?:\w+ )?late\b"
    r"|\b(?:forgot|lost|left) (?:his|her|their|the|a) (?:\w+ )?"
    r"(?:bag|lunch|pass|coat|kit|bottle|phone|glasses|homework|book|tie|keys?)\b"
    r"|\b(?:packed up|broke down|moved in|got married|got engaged|was born|passed (?:his|her|their|my) \w+)\b"
)
_WAS_OFF = re.compile(r"\b(?:was|were|been) (?:also )?(?:off|absent|away)\b")


def without_asides(seen: Reading) -> Message | None:
    """The message with blanks in place of such sentences, so that every word stays in its place; None where there is
    none, or where nothing else reports anything.
    """
    sentences = list(_sentences(seen.words.texts))
    if len(sentences) < 2:
        return None
    aside = [place for place in sentences if _tells_nothing(seen, *place)]
    if not aside or not any(_reports(seen, *place) for place in sentences if place not in aside):
        return None
    text, words = seen.words.original, seen.words.words
    for first, until in aside:
        start, end = words[first].start, words[until].start if until < len(words) else len(text)
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(seen.message, text=text) if text != seen.words.original else None


def _sentences(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Each sentence as its first word and the one behind its last, the mark that ends it included."""
    first = 0
    for at, text in enumerate(texts):
        if text in STOPS:
            if at > first:
                yield first, at + 1
            first = at + 1
    if first < len(texts):
        yield first, len(texts)


def _tells_nothing(seen: Reading, first: int, until: int) -> bool:
    line = " ".join(seen.words.texts[first:until])
    if any(first <= hit.first < until for hit in seen.danger.hits):
        return False
    if any(one.search(line) for one in _PLAINLY):
        return True
    over = _is_over(seen, first, until)
    treated = any(hit.tag.startswith(("why:I", "why:M")) for hit in seen.hits if first <= hit.first < until)
    if treated or _NOT_WELL.search(line) is not None:
        return over and _JAB.search(line) is not None and _AWAY.search(line) is None
    if _WAY_HOME.search(line) is not None or (over and _tells_what_is_over(seen, first, until)):
        return True
    if _AWAY.search(line) is not None:
        return False
    business = line.endswith("?") and BUSINESS.search(line) is not None and _days(seen, first, until) != []
    return business or any(one.search(line) for one in _OTHER)


def _tells_what_is_over(seen: Reading, first: int, until: int) -> bool:
    """What was on a day that is over; or that the child was off then, and not why: "I know he was off last week"."""
    line = " ".join(seen.words.texts[first:until])
    if _WAS_OFF.search(line) is not None:
        return not any(hit.tag.startswith("why:") for hit in seen.hits if first <= hit.first < until)
    return _WAS.search(line) is not None and _AWAY.search(line) is None


def _days(seen: Reading, first: int, until: int) -> list[date | None]:
    return [day.last for day, _ in seen.days.roles if first <= seen.words.word_at(day.start) < until]


def _is_over(seen: Reading, first: int, until: int) -> bool:
    """Whether days are said, all before today."""
    sent, days = local(seen.message.sent_at).date(), _days(seen, first, until)
    return bool(days) and all(day is not None and day < sent for day in days)


def _reports(seen: Reading, first: int, until: int) -> bool:
    """Whether a sentence gives a reason, or says that the child is late."""
    inside = [hit for hit in seen.hits if first <= hit.first and hit.until <= until]
    return any(hit.tag.startswith("why:") or hit.tag == "kind:late" for hit in inside)
