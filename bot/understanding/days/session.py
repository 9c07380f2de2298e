"""Part days: which register is missed, and whether the child is back the same day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.roles import Days, Times
from bot.understanding.values import Part
from bot.understanding.words.phrases import Hit

#: Reasons that usually take part of a day.
_PART_DAY = frozenset(("M", "J1", "C", "C1", "B", "P", "O", "C2"))
_IN_BY_LUNCH = re.compile(
    r"\b(?:with you|back|in|there|return\w*) (?:\w+ )?(?:at|by|for|after|around|until after) (?:lunch|dinner)"
)
#: The parent comes for the child while the school day is running: the morning's register has been taken.
_FETCHED_NOW = re.compile(
    r"\b(?:pick\w*|collect\w*|fetch\w*|com(?:e|ing) (?:to|and) (?:get|fetch|collect)|com(?:e|ing) for)"
    r" (?:\w+ ){0,3}(?:up )?(?:right )?now\b"
    r"|\bon (?:my|our) way to (?:get|fetch|collect|pick)\b"
)
#: "dentist first, back this afternoon": only the morning is missed.
_IN_FOR_AFTERNOON = re.compile(
    r"(?<!\bnot )(?<!\bnot be )\b(?:with you|back|in|there|return\w*)"
    r"(?: in| at| to| school| class){0,3} (?:this|for the|in the|by the) (?:afternoon|pm)\b"
)
#: "home this morning, in this afternoon": the second half is said to be attended.
_MORNING_ONLY = re.compile(
    r"\bthis morning\b(?:(?! not\b)[^.]){0,80}\b(?:in|back|bring\w*|send\w*)\b"
    r"(?:(?! not\b) \w+){0,3} (?:this afternoon|after lunch|for the afternoon)\b"
)
#: The middle of the school day; to many families its meal is dinner.
AT_NOON = re.compile(r"\b(?:lunch|lunchtime|midday|dinner ?time|(?:at|for|before|after) (?:school )?dinner)\b")
#: "Won't be in after lunch", "not back this afternoon": that is the half that is missed.
_NOT_IN_FOR_AFTERNOON = re.compile(
    r"\bnot(?: be| back| in| come| coming| at| to| school| class| return\w*){1,4}"
    r" (?:this|for the|in the|tomorrow|after|from) (?:afternoon|pm|lunch(?:time)?|dinner(?: ?time)?|midday|noon|12)\b"
)
#: A reduced timetable's half that is attended or missed.
_ALONE, _MISSES = frozenset(("just", "only", "half")), frozenset("miss misses missing off no not out without".split())
_FETCHES = ("pick", "collect", "fetch")
_MORNING = frozenset(("morning", "am"))
_AFTERNOON = frozenset(("afternoon", "pm"))


def misses_the_afternoon(texts: Sequence[str]) -> bool:
    """Whether it is said that the child is not in when the morning is over."""
    return "not" in texts and _NOT_IN_FOR_AFTERNOON.search(" ".join(texts)) is not None


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """The half whose register is missed, the child's own times, and when the child is back if that follows."""

    session: Part = "day"
    arrives: time | None = None
    leaves: time | None = None
    returns_same_day: bool = False
    next_day: date | None = None


#: Reasons that may take the whole day, and words that say that they do.
_WHOLE_DAYS, _ALL_DAY = (
    frozenset(("M", "J1", "C", "I")),
    ("all day", "whole day", "full day", "entire day", "not ~3 at all", "the day"),
)
#: Reasons of half a day where a word names the half.
_HALF_DAYS = frozenset(("J1", "B", "P", "C"))
_NOT_IN = (
    "not ~1 be ~2 in",
    "will not ~2 be",
    "keep|",
    "kept",
    "off today",
    "not ~1 in",
    "not in",
    "not ~1 coming",
    "day|days",
    "not ~1 come",
    "off school",
)
_COMES_LATER = ("bring", "be in", "in by", "be there", "in later", "come|")
_LATER = frozenset(("later", "lunch", "lunchtime", "afternoon"))
_LATEST_FETCHED = time(15, 30)
#: Not back until then, or back all the same.
_BACK_LATER = re.compile(
    r"\b(?:back|return\w*)(?: \w+){0,2} (?:until|till|before|by|for|at|about|around)\b"
    r"|\b(?:will|should|hope\w*|to) be back\b"
)


def part_of_day(
    seen: Reading, code: str, times: Times, days: Days, hits: list[Hit], ranges: list[tuple[int, int]], first: date,
    calendar: SchoolCalendar,
) -> PartOfDay:  # fmt: skip
    """Work out the half that is missed from the times said, the words for parts of the day, and the reason."""
    texts = [text for a, b in ranges for text in seen.words.texts[a:b]]
    lasting = days.ret is not None and days.said_return and days.ret > first
    arrives, leaves = times.arrives, times.leaves
    if code == "C2":
        half = "am" if arrives is not None and leaves is None else half_not_kept(texts)
        return PartOfDay(half or "day")
    if arrives is None and leaves is None and code in _WHOLE_DAYS and _says_all_day(hits):
        return PartOfDay("day", next_day=after(first, calendar))
    if arrives is not None or leaves is not None:
        return _by_times(arrives, leaves, times, hits, first, calendar, lasting)
    if not lasting and (said := _by_words(seen, code, times, texts, hits, first, calendar)) is not None:
        return said
    several = days.ret is not None and not days.single and days.ret > first and days.said_first
    if code not in _PART_DAY or lasting or several:
        return PartOfDay("day")
    back, away = _is_back(hits), _is_away(seen, hits)
    if code == "M" or back or times.own is not None:
        return _appointment(code, times, texts, days, hits, back, away, first, calendar)
    half = _half_word(texts, days)
    if half and code in _HALF_DAYS and not away:
        return PartOfDay(half, returns_same_day=half == "am", next_day=None if half == "am" else after(first, calendar))
    return PartOfDay("day")


def _by_words(
    seen: Reading, code: str, times: Times, texts: list[str], hits: list[Hit], first: date, calendar: SchoolCalendar
) -> PartOfDay | None:
    """What plain words say of one day without a time: "not in after lunch", "I'm fetching her now", "not back"."""
    if misses_the_afternoon(texts):
        return PartOfDay("pm", next_day=after(first, calendar))
    line, sent = " ".join(texts), local(seen.message.sent_at)
    in_school = first == sent.date() and calendar.am.closes <= sent.time() <= _LATEST_FETCHED
    if code == "I" and in_school and _FETCHED_NOW.search(line):
        return PartOfDay("pm")
    if code == "I" and _MORNING_ONLY.search(line):
        return PartOfDay("am", returns_same_day=True)
    if stays_away(hits) and code in _PART_DAY and times.own is not None and times.own < time(12):
        return PartOfDay("day", next_day=after(first, calendar))
    later = not _LATER.isdisjoint(texts) and any(hit.tag == "kind:late" for hit in hits)
    if code == "I" and later and _is_back(hits) and not _is_away(seen, hits):
        return PartOfDay("am", returns_same_day=True)
    return None


def _says_all_day(hits: Sequence[Hit]) -> bool:
    return any(hit.tag == "kind:whole_day" and hit.phrase in _ALL_DAY for hit in hits)


def _is_away(seen: Reading, hits: Sequence[Hit]) -> bool:
    """ "Not in today", "keeping him off"; not "won't be back after"."""
    return any(
        hit.tag == "kind:absent"
        and hit.phrase.startswith(_NOT_IN)
        and "back" not in seen.words.texts[hit.first : hit.until + 1]
        for hit in hits
    )


def _is_back(hits: Sequence[Hit]) -> bool:
    """ "Bringing her in later", "back after", and nothing that says that the rest of the day is missed."""
    back = any(hit.tag == "kind:appt_return" for hit in hits) or any(
        hit.tag == "kind:late" and hit.phrase.startswith(_COMES_LATER) for hit in hits
    )
    return back and not stays_away(hits)


def stays_away(hits: Sequence[Hit]) -> bool:
    """ "not worth bringing him back", "no point coming back after": the rest of the day is missed too."""
    return any(
        hit.tag == "kind:whole_day" and hit.phrase.startswith(("no", "worth")) and "back" in hit.phrase for hit in hits
    )


def leaves_for_good(seen: Reading) -> bool:
    """ "I'll get him at half nine, not back after": whoever leaves so misses the afternoon, however early it is."""
    return stays_away(seen.hits) and _BACK_LATER.search(seen.words.line) is None


def half_not_kept(texts: list[str]) -> Part | None:
    """The half of a reduced timetable that is not attended: "mornings only", "just mornings", "misses afternoons"."""
    for at, text in enumerate(texts):
        if text not in ("morning", "mornings", "afternoon", "afternoons") or texts[at - 1 : at] in (["this"], ["good"]):
            continue
        if not text.endswith("s") and "only" not in texts[at : at + 2] and not _ALONE.intersection(texts[at - 3 : at]):
            continue
        missed = not _MISSES.isdisjoint(texts[max(0, at - 3) : at])
        return "am" if text.startswith("morning") == missed else "pm"
    return None


def _by_times(
    arrives: time | None,
    leaves: time | None,
    times: Times,
    hits: list[Hit],
    first: date,
    calendar: SchoolCalendar,
    lasting: bool,
) -> PartOfDay:
    if arrives is not None and leaves is not None and arrives > leaves:
        session: Part = (
            "am" if leaves < calendar.pm.opens and arrives < calendar.pm.closes and leaves < time(12) else "pm"
        )
        if leaves >= time(11, 30) and arrives >= calendar.pm.opens:
            session = "pm"
        return PartOfDay(session, arrives, leaves, returns_same_day=True)
    if arrives is not None:
        if arrives <= calendar.am.closes:
            return PartOfDay("am", arrives, leaves, returns_same_day=True)
        return PartOfDay("am" if arrives < calendar.pm.opens else "day", arrives, leaves, returns_same_day=True)
    back = any(
        hit.tag == "kind:appt_return"
        and hit.phrase.startswith(("straight", "be back", "bring", "drop", "afterwards", "back for", "fetch"))
        for hit in hits
    )
    if back and leaves is not None and leaves < time(12):
        return PartOfDay("am", None, leaves, returns_same_day=True)
    return PartOfDay("pm", None, leaves, returns_same_day=False, next_day=None if lasting else after(first, calendar))


def _half_word(texts: list[str], days: Days) -> Part | None:
    for mention, role in days.roles:
        if role == "absent" and mention.part in ("am", "pm"):
            return "am" if mention.part == "am" else "pm"
    if (
        _MORNING & set(texts)
        and "good" not in texts[: texts.index("morning") if "morning" in texts else 0][-1:]
        and "in the morning" in " ".join(texts)
    ):
        return "am"
    if _AFTERNOON & set(texts) and "good afternoon" not in " ".join(texts):
        return "pm"
    return None


def _appointment(
    code: str,
    times: Times,
    texts: list[str],
    days: Days,
    hits: list[Hit],
    back: bool,
    away: bool,
    first: date,
    calendar: SchoolCalendar,
) -> PartOfDay:
    line = " ".join(texts)
    own = times.own
    fetched = any(text.startswith(_FETCHES) for text in texts)
    if own is None and fetched and AT_NOON.search(line) and not _IN_BY_LUNCH.search(line):
        return PartOfDay("pm", next_day=after(first, calendar))
    if own is not None:
        if times.own_until is not None and times.own_until >= time(14, 30) and own <= time(10):
            return PartOfDay("day", next_day=after(first, calendar))
        if away and not back:
            return PartOfDay("day", next_day=after(first, calendar))
        if own < time(12):
            return PartOfDay("am", returns_same_day=True)
        return PartOfDay("pm", returns_same_day=back, next_day=None if back else after(first, calendar))
    half = _half_word(texts, days)
    if half is None and times.own_until is not None and times.own_until <= calendar.pm.opens:
        half = "am"  # "at the hospital till 1"
    if "first thing" in line or "early appointment" in line:
        half = "am"
    elif _IN_BY_LUNCH.search(line) or (_IN_FOR_AFTERNOON.search(line) and not away):
        half, back = "am", True
    elif AT_NOON.search(line):
        half = "am" if (back and ("for lunch" in line or "after lunch" in line)) or "by lunch" in line else "pm"
    if away and not back:
        return PartOfDay("day")
    if half == "am":
        return PartOfDay("am", returns_same_day=True)
    if half == "pm":
        return PartOfDay("pm", returns_same_day=back, next_day=None if back else after(first, calendar))
    if back:
        return PartOfDay("am", returns_same_day=True)
    return PartOfDay("day")
