""" "I signed him out at dinner time", "you rang me to fetch her": the family has the child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_DENIED, _WONDERS = frozenset(("not", "never", "nobody")), frozenset(("who", "did", "if"))
_NOON = time(12)
_BY_THE_FAMILY = re.compile(
    r"(?:^|[,.!;] |\b(?:i|we|me|mum|mam|dad|nan|nana|gran|grandma|grandad|husband|wife|partner|aunty?|auntie|uncle"
    r"|sister|brother) (?:has |have |had |just |already )*)"
    r"(?:sorry )?(?:collected|fetched|picked|got) (?!up\b)\w+(?: up)?"
    r"(?: (?:at|about|around|just|before|after|from|early|the|for|his|her|main|school|this|in)){0,4}"
    r" (?:(?:(?:half|quarter) (?:past |to )?)?(?:1[0-2]|[12])|noon|midday|lunch\w*|dinner\w*|break\w*|early"
    r"|office|reception|nurse|medical|class)\b(?! (?:yesterday|last|on))"
    r"|\b(?:mum|mam|dad|nan|nana|gran|grandma|grandad|husband|wife|partner|aunty?|auntie|uncle)"
    r" (?:has |have |had |just |already )*(?:collected|fetched|picked) (?!up\b)\w+(?: up)? ?(?:$|[.,!])"
    r"|\b(?:i|we) (?:(?:came|went|drove|had to (?:come|go)) (?:up |down |in |over |out )?and |have |had |just "
    r"|already )+"
    r"(?:collected|fetched|picked|got) (?:him|her|them)(?: up)?"
    r"(?: (?:early|already|earlier|from school|at|about|just|now|thanks|sorry|x+))*"
    r"(?= ?$| ?[.,!]| (?:and|as|because|so|after|before|dinner|lunch|break|\d))"
    r"|\b(?:nurse|school|office|you|reception|teacher|matron|somebody|someone) (?:has |have |had )?(?:just )?"
    r"(?:rang|rung|called|phoned|texted)(?: (?:me|us|earlier|this morning))* ?(?:, |and |so )+(?:i |we )?(?:have )?"
    r"(?:collected|fetched|picked|got) (?:him|her|them)\b"
)
"""Who "collected him at 12" has the child since then: said in the afternoon, of an afternoon that it missed."""
_BROUGHT_BACK = re.compile(
    r"\b(?:dropped|took|brought|taken) (?:\w+ )?back(?: off)?"
    r"(?: (?:to|in|into|at|for|by|about|around|just|before|after) |$| ?[.,!])"
    r"|\b(?:he|she|they|him|and|then) (?:\w+ )?(?:went|gone|walked) back(?: in| to (?:school|you|class|lessons))?"
    r"(?: (?:at|for|by|about|around|just|before|after) (?:him |her |the )?(?:\d|half|quarter|lunch|dinner|one"
    r"|that|it|break"
    r"|dentist|afternoon)| ?$| ?[.,!]| (?:thanks|sorry|x+|as normal|as usual|fine|ok)\b)"
)
_ANOTHER_DAY = re.compile(r"\b(?:yesterday|last|always|usually|after school|(?:mon|tues|wednes|thurs|fri)day)\b")


def is_taken_out(seen: Reading) -> bool:
    """To our question why a child is away: that it was taken out of school, and no word that it is lost."""
    told = any(_DENIED.union(_WONDERS).isdisjoint(before) for before in _before(seen)) or _fetched_at_noon(seen)
    return told and "?" not in seen.words.texts and not seen.signals.has_any("lost", "missing", "present", "late")


def taken_out(seen: Reading, report: Report, ask: set[str], calendar: SchoolCalendar) -> Report:
    """ "Signed him out at 12": it came nowhere at that time, and why it went is not said yet."""
    if seen.why.code is None:
        report = replace(report, code="N")
        ask.add("reason")
    if report.arrives is None:
        return report
    back = after(report.first_day, calendar) if report.first_day is not None else None
    return replace(report, session="pm", return_day=back, arrives=None, leaves=report.arrives)


def denies_taking_out(seen: Reading) -> bool:
    """ "I haven't signed him out", and no word of why it is away: it was sent to school, and stayed there."""
    before = list(_before(seen))
    return bool(before) and all(not _DENIED.isdisjoint(words) for words in before) and seen.why.code in (None, "N")


def is_with_nobody_they_name(seen: Reading) -> bool:
    """ "A man picked him up at 12": somebody has the child whom the writer does not know. It is sought at once."""
    return seen.danger.now and any(hit.tag.startswith("danger:collected:") for hit in seen.danger.hits)


def is_brought_back(seen: Reading) -> bool:
    """ "Picked him up at 12 and dropped him back at 1", of an afternoon that the child has missed: it is sought."""
    return _of_this_afternoon(seen) and _BROUGHT_BACK.search(seen.line_of_him()) is not None


def _fetched_at_noon(seen: Reading) -> bool:
    told = _BY_THE_FAMILY.search(seen.line_of_him()) is not None
    return told and _of_this_afternoon(seen) and not is_brought_back(seen)


def _of_this_afternoon(seen: Reading) -> bool:
    asked, sent = seen.message.asked, local(seen.message.sent_at)
    if asked is None or asked.kind not in ("absence", "reason") or asked.day not in (None, sent.date()):
        return False
    line = seen.words.line
    return sent.time() >= _NOON and _ANOTHER_DAY.search(line) is None and "?" not in line


def _before(seen: Reading) -> Iterator[list[str]]:
    """The words before each of those that tell of it, in answer to our question."""
    asked = seen.message.asked
    if asked is not None and asked.kind in ("absence", "reason"):
        for hit in seen.signals.by.get("taken_out", ()):
            yield list(seen.words.texts[max(0, hit.first - 3) : hit.first])
