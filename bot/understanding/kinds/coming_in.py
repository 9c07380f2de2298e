"""Coming in after all: "he's fine so he is coming in", of a child whom we hold to be away, or asked to confirm so.

Taken for a yes to what we read back, or for another day away, such words leave a child unmissed that has set out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.calendar import local
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.evidence import Reading
from bot.understanding.values import Report
from bot.understanding.words.normalise import plain

_WHOM = r"(?:him|her|them|\w+)"
_COMES = re.compile(
    r"\b(?:(?:is|are|be|now|after all|been|still) )?(?:coming|going|gone|went|comes) (?:back )?in\b"
    r"|\bdecided to (?:come|go) (?:back )?in\b"
    rf"|\b(?:sending|sent|send|bringing|brought|taking|took|dropping|dropped|getting|got) {_WHOM} in\b"
    r"|\b(?:will|shall|can) (?:now |still |definitely |actually )?be (?:back )?in\b"
    r"|\b(?:is|are|now|just|he|she|they) (?:now |just )?(?:heading|walking|driving) in\b"
    r"|\bon (?:(?:his|her|their|our|my|the) )?way\b"
    r"|\bsets? off\b|\bsetting off\b"
)
_OTHERWISE = re.compile(
    r"^(?:is|are|can|will|should|shall) |\bin (?:for (?:an?|his|her) |to see )|\?|\d"
    r"|\b(?:hospital|doctors?|operation|op|scan|not|no one|never|hope|hoping|maybe|whether|if|unless|might|may|could"
    r"|should|when|once|later|late|after|afternoon|lunch\w*|until|till|tomorrow|tonight|next|week"
    r"|(?:mon|tues|wednes|thurs|fri)day|about|around|half|quarter|noon|but|because|however)\b"
)
_NOT_SO = re.compile(
    r"\?|\b(?:later|late|after|afternoon|lunch\w*|dinner|when|once|until|till|if|unless|hope\w*|might|may|maybe"
    r"|could|should|wants?|tried|trying|refus\w*|tomorrow|next|on (?:mon|tues|wednes|thurs|fri)day"
    r"|hospital|doctors?|collect|fetch)\b"
)
_DENIED = re.compile(r"\b(?:not|never|no|cannot|without|than|too \w+(?: to)?)(?: \w+){0,3} ?$")
_BRINGS = re.compile(r"(?<!not )\b(?:dropping|bringing|sending|taking|driving|walking|popping) $")
_NOW = re.compile(
    r"\w+ (?:off|in|over|up|back|down|straight)\b(?: (?:in|to school))?(?: (?:now|first))?"
    r"(?= (?:and|but|as|,|\.)| ?$|[.,!])"
)
_AFTER_ALL = re.compile(r"\bafter all\b")
_THE_CHILD = frozenset("he she they child son daughter".split())
_THE_OTHER = re.compile(r"\b(?:son|daughter|brother|sister|others?|rest|eldest|oldest|youngest|twin|just|only)\b")


def comes_in(seen: Reading) -> Report | None:
    """The one child that is held to be away, as back on the first day that it was to miss; None where more is said."""
    held = _held(seen)
    line = _AFTER_ALL.sub("", seen.words.line)
    if held is None or not _comes(seen, line) or _OTHERWISE.search(line) or seen.signals.by.get("absent"):
        return None
    named = {child for one in seen.who.named for child in one.children}
    first = held.first_day
    now = local(seen.message.sent_at)
    today = now.date()
    if first is None or (first <= today and now.time() > DAY_ENDS):  # on the way home
        return None
    if named - set(held.children) or (held.return_day is not None and held.return_day <= today):
        return None
    return Report(held.children, return_day=max(first, today))


def comes_all_the_same(seen: Reading) -> bool:
    """ "Was sick in the night but seems fine so he's coming in", unasked, of a child of whom we hold nothing: whatever
    ails him, he is no child that is away. Recorded as ill he would be missed by nobody, had he not arrived.
    """
    message, line = seen.message, seen.words.line
    named = {child for one in seen.who.named for child in one.children} or {child.id for child in message.children}
    held = {child for report in message.known for child in report.children}
    told = seen.who.away or seen.times.roles or any(role == "return" for _, role in seen.days.roles)
    if message.asked is not None or seen.why.code is None or len(named) != 1 or held & named or told:
        return False
    if len(message.children) > 1 and _THE_OTHER.search(line):  # "son is poorly, daughter will be in"
        return False
    away = seen.signals.has_any("absent", "late", "not_back", "with_me")
    comes = [match for match in _COMES.finditer(line) if not _DENIED.search(line[: match.start()])]
    return bool(comes) and not away and not _NOT_SO.search(line)


def brought_in(seen: Reading) -> tuple[str, ...]:
    """ "They can only see Hugo so dropping Nell off now": of the children that are held to be away today, those whom
    the words bring in by name.
    """
    today = local(seen.message.sent_at).date()
    held = {child for one in seen.message.known if one.code and one.first_day == today for child in one.children}
    if not seen.message.is_unasked:
        return ()
    line, offsets = seen.words.line, (*seen.words.offsets, len(seen.words.line))
    return tuple(
        dict.fromkeys(
            named.children[0]
            for named in seen.who.named
            if len(named.children) == 1
            and named.children[0] in held
            and _BRINGS.search(line[: offsets[named.first]])
            and _NOW.match(line[offsets[named.until - 1] :])
        )
    )


def _comes(seen: Reading, line: str) -> bool:
    """Whether the words have somebody come in. Asked why it is away, it must be the child: "builders coming in"."""
    asked = seen.message.asked
    comes = _COMES.finditer(line)
    if asked is None or asked.kind != "reason":
        return next(comes, None) is not None
    names = {
        name for child in seen.message.children for name in plain(f"{child.given} {' '.join(child.known_as)}").split()
    }
    before = [line[: match.start()].split()[-1:] for match in comes]
    return any(not words or words[0] in names or words[0] in _THE_CHILD for words in before)


def _held(seen: Reading) -> Report | None:
    """What we asked to confirm, or else all that we hold, where it is of one child; of several, what we hold of the
    only one that is named.
    """
    asked = seen.message.asked
    if asked is not None and asked.kind not in ("confirm", "return", "reason"):
        return None
    if asked is not None and asked.draft is not None:
        return asked.draft if len(asked.draft.children) == 1 else None
    known = [report for report in seen.message.known if report.code is not None]
    if len({child for report in known for child in report.children}) == 1:
        return known[-1]
    named = {child for one in seen.who.named for child in one.children}
    told = [report for report in known if named & set(report.children)]
    return replace(told[-1], children=tuple(named)) if len(named) == 1 and told else None
