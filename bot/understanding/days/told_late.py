"""Told late: why the child was away on a day that is over, and what of it reaches into today.

"Forgot to say why she was off on Monday", "was off yesterday as well as today", "ill on Friday, today he overslept".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.understanding.children.named import ids_of
from bot.understanding.dates import DAY
from bot.understanding.days.wished import is_wished
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen

#: What stands before the day: the child was not here on it, or we were not told then.
_WAS_AWAY = re.compile(
    r"\b(?:was|were) (?:\w+ ){0,2}?(?:not (?:in|at|there)|off|absent|away|missing)\b(?: (?:in|from|of))?(?: school)?"
    r"(?: on| last| this)*(?: the)? $"
    r"|\b(?:not|never|forgot to|meant to|should have)(?: \w+)? (?:r[iau]ng|call(?:ed)?|text(?:ed)?|phoned?|messaged?"
    r"|email(?:ed)?|tell|told|explain(?:ed)?)(?: \w+){0,2} (?:on|about)(?: the)? $"
)
#: What stands behind the day: it is why the child was not here.
_WHY_AWAY = re.compile(
    r"^.{0,40}?\b(?:(?:this|that|which|it) (?:is|was) (?:why|the reason|because)|hence|so)(?: that)? (?:\w+ ){1,3}?"
    r"(?:(?:was|were) (?:\w+ )?(?:not (?:in|at|there)|off|absent|away|missing)\b"
    r"|missed (?:it|school|registration|lessons?|the (?:day|morning|afternoon))\b"
    r"|(?:did|could) not (?:come|go|get|make it|attend)\b)"
)
#: What stands before the day: the child had it then.
_WAS_ILL = re.compile(
    r"\b(?:was|were|been|felt) (?:\w+ ){0,2}?"
    r"(?:ill|poorly|unwell|sick|not (?:\w+ )?well|rough|bad|off|like this|the same)\b"
    r"(?: on| since| all| from| with \w+)*(?: the)? $"
)
#: What the message is about: "re Friday", "about Friday's absence", with what the child had then.
_ABOUT = re.compile(r"\b(?:re|ref|reference|regarding|concerning|about|with regards? to)(?: \w+)?(?: the)? :? ?$")
_HAD, _ASKS = (
    frozenset("had was were felt".split()),
    frozenset("if whether wondering could can would may will is has have".split()),
)
#: With one of these it is not over.
_GOES_ON = frozenset("still again too also today tomorrow tonight until since will keep keeping worse".split())
#: How a day that is over is told of; and what tells of now.
_TELLS_OF_IT = frozenset("was were had missed".split())
_NOW = frozenset(
    "is has are 's 're now here home off away keep keeping kept stay staying will 'll wont would cannot cant need"
    " needs been going coming bed asleep hope hopefully if".split()
)
_TOLD = frozenset("was were had felt not never forgot meant should missed".split())
_ENDS = frozenset(("return", "until", "length", "halfday", "lastday", "lands"))
_DATED = frozenset(("yesterday", "weekday", "date", "ordinal", "relative", "list", "range"))
_BEFORE, _BEHIND = 60, 110


def told_late(seen: Reading, today: date) -> tuple[date, date] | None:
    """The first and the last of the days that are over, where it is said of one that the child was away, or that we
    were not told, and nothing is said of today."""
    texts, asked = seen.words.texts, seen.message.asked
    if _TOLD.isdisjoint(texts) or not _GOES_ON.isdisjoint(texts) or (asked is not None and asked.day in (None, today)):
        return None
    if len(ids_of(seen.who.named)) > 1:
        return None  # "Nora was off on Monday with it, Finn has it now"
    days = [mention for mention, _ in seen.days.roles if mention.first is not None]
    line, told, out = seen.words.line, _is_all_over(seen), list[date]()
    had = not _HAD.isdisjoint(texts) and _ASKS.isdisjoint(texts)
    for mention in days:
        first, last = mention.first, mention.last
        if first is None or last is None or mention.form in ("holiday", "month", "special"):
            return None
        before = line[max(0, mention.start - _BEFORE) : mention.start]
        if is_wished(line[: mention.start]):
            return None
        away = _WAS_AWAY.search(before) is not None or (had and _ABOUT.search(before) is not None)
        away = away or _WHY_AWAY.search(line[mention.end : mention.end + _BEHIND]) is not None
        if away and first > today and mention.form == "weekday" and mention.modifier in ("", "the"):
            first, last = first - 7 * DAY, last - 7 * DAY
        if last >= today:
            return None
        told = told or away
        out += [first, last]
    return (min(out), max(out)) if told else None


def _is_all_over(seen: Reading) -> bool:
    """ "Was at the dentist yesterday morning", "Tom was ill on Monday": every day that is said is over, no word says
    that the child is away now, or when it is back. The night before is told of an illness of today, and so is what
    a child "had" the day before.
    """
    roles = seen.days.roles
    dated = bool(roles) and all(one.form in _DATED and one.part != "night" for one, _ in roles)
    ends = any(role in _ENDS for _, role in roles)
    words = set(seen.words.texts)
    over = _TELLS_OF_IT - {"had"} if seen.why.code == "I" else _TELLS_OF_IT
    return (
        dated
        and not ends
        and not over.isdisjoint(words)
        and _NOW.isdisjoint(words)
        and not seen.signals.has_any("absent", "unknown_return")
        and "?" not in words
    )


def goes_on_today(seen: Reading, today: date) -> bool:
    """ "Was off yesterday as well as today": away before, and today, and nothing is said of when it ends."""
    roles = seen.days.roles
    if any(role in _ENDS or (mention.last is not None and mention.last > today) for mention, role in roles):
        return False
    now = [one for one, role in roles if role == "absent" and one.form == "today" and one.part == ""]
    before = [
        one
        for one, role in roles
        if role in ("absent", "since") and one.form in _DATED and one.first is not None and one.first < today
    ]
    return bool(now and before)


def ill_before_too(seen: Reading, today: date) -> list[date]:
    """ "Was ill yesterday and today", "off today, and he was ill yesterday as well": days before today on which the
    child was away with the same. The register says whether it was.
    """
    line = seen.words.line
    out: list[date] = []
    for mention, _ in seen.days.roles:
        first, last = mention.first, mention.last
        if first is None or last is None or first >= today or mention.form not in _DATED:
            continue
        before = line[max(0, mention.start - _BEFORE) : mention.start]
        if last == today or _WAS_ILL.search(before) is not None:
            out.append(first)
    return out


def up_to_today(seen: Reading, days: Chosen) -> Chosen:
    """ "Was ill yesterday and today", of a child that is missed today: today is sure, and `ill_before_too` tells of the
    days before it. Not sure of the first of them, we should ask, and chase meanwhile.
    """
    asked = seen.message.asked
    if asked is None or asked.kind not in ("absence", "reason") or asked.day is None or days.first >= asked.day:
        return days
    spans = any(
        mention.form in _DATED and mention.first == days.first and mention.last == asked.day
        for mention, _ in seen.days.roles
    )
    return replace(days, first=asked.day, first_sure=1.0) if spans else days


def late_today(seen: Reading) -> bool:
    """ "He was off ill on Friday, but today he overslept, on his way now": the illness is over, and he is only late."""
    now = next((mention for mention, _ in seen.days.roles if mention.form == "today"), None)
    if now is None or all(mention is now or mention.start > now.start for mention, _ in seen.days.roles):
        return False
    at = seen.words.word_at(now.start)
    behind = [hit for hit in seen.hits if hit.first >= at]
    late = any(hit.tag == "kind:late" for hit in behind)
    away = any(hit.tag == "kind:absent" or hit.tag.startswith(("why:I:", "why:M:")) for hit in behind)
    told = any(hit.tag.startswith(("why:I:", "why:M:")) for hit in seen.hits if hit.first < at)
    return late and told and not away
