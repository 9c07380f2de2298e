"""Sentences beside a report that tell nothing of it: the school's own business, what is over, what is far ahead.

"Parents evening is on the 20th isn't it?", "the bus was late again yesterday", "his mum is away until Sunday": their
days and reasons were taken for those of the absence. They are read as if they were not there; a person sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.school_life import BUSINESS
from bot.understanding.values import Message
from bot.understanding.words.normalise import STOPS
from bot.understanding.words.word import blanked

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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words `first` up to `until`, in one line, with the last days and the tags that they hold."""

    first: int
    until: int
    line: str
    days: list[date | None]
    tags: list[str]

    def is_over(self, sent: date) -> bool:
        """Whether days are said, all before the one on which it was sent."""
        return bool(self.days) and all(day is not None and day < sent for day in self.days)

    def reports(self) -> bool:
        """Whether it gives a reason, or says that the child is late."""
        return any(tag.startswith("why:") or tag == "kind:late" for tag in self.tags)


def without_asides(seen: Reading) -> Message | None:
    """The message with blanks in place of such sentences, so that every word stays in its place; None where there is
    none, or where nothing else reports anything.
    """
    places = list(_places(seen.words.texts))
    if len(places) < 2:
        return None
    sentences = [_sentence(seen, *place) for place in places]
    aside = [one for one in sentences if _tells_nothing(seen, one)]
    if not aside or not any(one.reports() for one in sentences if one not in aside):
        return None
    text, words = seen.words.original, seen.words.words
    for one in aside:
        text = blanked(text, words[one.first].start, words[one.until].start if one.until < len(words) else len(text))
    return replace(seen.message, text=text) if text != seen.words.original else None


def _places(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Each sentence as its first word and the one behind its last, the mark that ends it included."""
    first = 0
    for at, text in enumerate(texts):
        if text in STOPS:
            if at > first:
                yield first, at + 1
            first = at + 1
    if first < len(texts):
        yield first, len(texts)


def _sentence(seen: Reading, first: int, until: int) -> _Sentence:
    return _Sentence(
        first,
        until,
        " ".join(seen.words.texts[first:until]),
        [day.last for day, _ in seen.days.roles if first <= seen.words.word_at(day.start) < until],
        [hit.tag for hit in seen.hits if first <= hit.first < until],
    )


def _tells_nothing(seen: Reading, one: _Sentence) -> bool:
    if any(one.first <= hit.first < one.until for hit in seen.danger.hits):
        return False
    if any(pattern.search(one.line) for pattern in _PLAINLY):
        return True
    over = one.is_over(local(seen.message.sent_at).date())
    treated = any(tag.startswith(("why:I", "why:M")) for tag in one.tags)
    if treated or _NOT_WELL.search(one.line) is not None:
        return over and _JAB.search(one.line) is not None and _AWAY.search(one.line) is None
    if _WAY_HOME.search(one.line) is not None or (over and _tells_what_is_over(one)):
        return True
    if _AWAY.search(one.line) is not None:
        return False
    business = one.line.endswith("?") and BUSINESS.search(one.line) is not None and one.days != []
    return business or any(pattern.search(one.line) for pattern in _OTHER)


def _tells_what_is_over(one: _Sentence) -> bool:
    """What was on a day that is over; or that the child was off then, and not why: "I know he was off last week"."""
    if _WAS_OFF.search(one.line) is not None:
        return not any(tag.startswith("why:") for tag in one.tags)
    return _WAS.search(one.line) is not None and _AWAY.search(one.line) is None
