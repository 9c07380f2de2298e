"""Coming in after all: "he's fine so he is coming in", of a child whom we hold to be away, or asked to confirm so.

Taken for a yes to what we read back, or for another day away, such words leave a child unmissed that has set out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import APPOINTMENT
from attendance.calendar import local
from bot.understanding.children.named import Named
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.evidence import Reading
from bot.understanding.kinds.idle import is_with_me
from bot.understanding.values import Report
from bot.understanding.words.normalise import plain

_WHOM = r"(?:him|her|them|\w+)"
#: Nothing follows that names another place: "running him up now", and not "running him up to the hospital".
_TO_SCHOOL = r"(?= (?:now|in|to school|to you|and|so|as|but|sorry|x+|emoji|thanks|[,.!])(?: |$)| ?$|[,.!])"
_WILL_BRING = (
    rf"\b(?:will|shall|is going to|gonna) (?:now |just )?(?:bring|drop|take|run|drive|walk|fetch) {_WHOM} (?:off )?"
    rf"(?:in|up|over|round|to school)\b{_TO_SCHOOL}"
)
"""Who "will bring her in" may not have set out yet: she is waited for as any other that is on the way."""
_BROUGHT_LATER = re.compile(_WILL_BRING)
_COMES = re.compile(
    r"\b(?:(?:is|are|be|now|after all|been|still) )?(?:coming|going|gone|went|comes) (?:back )?in\b"
    r"|\b(?:is|are|be|still) (?:coming|going) (?:back )?(?:in)?to school\b"
    r"|\bdecided to (?:come|go) (?:back )?in\b"
    rf"|\b(?:sending|sent|send|bringing|brought|taking|took|dropping|dropped|getting|got) {_WHOM} in\b"
    rf"|\b(?:dropping|bringing|taking|running|driving|walking|rushing) {_WHOM}"
    rf" (?:in|up|down|over|round|off|now)\b{_TO_SCHOOL}"
    rf"|\b(?:lift|taxi) (?:in|up|down|now|to school)\b{_TO_SCHOOL}"
    r"|\bmiss(?:ed)? (?:\w+ ){1,3}(?:bus|train|tram|lift|taxi)\b(?: (?:so|and|but|now|just|he|she|they|is|are|,))*"
    rf" (?:walking|running|cycling|driving|on foot|getting a lift)\b{_TO_SCHOOL}"
    r"|\b(?:will|shall|can) (?:now |still |definitely |actually )?be (?:back )?in\b"
    r"|\b(?:is|are|now|just|he|she|they) (?:now |just )?(?:heading|walking|driving) in\b"
    r"|\bon (?:(?:his|her|their|our|my|the) )?way\b"
    rf"|\bsets? off\b|\bsetting off\b|{_WILL_BRING}"
)
_SETS_OUT = re.compile(
    r"\b(?:is|are|now|he|she|they|still) (?:now |just )?(?:coming|going) (?:back )?in\b"
    rf"|\b(?:sending|bringing|dropping|taking|running|driving|walking) {_WHOM} in\b{_TO_SCHOOL}"
    rf"|{_WILL_BRING}"
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
_LETS_IT = re.compile(
    r"(?<!not )(?<!not be )\b(?:letting|sending|bringing|dropping|taking|driving|walking|let|bring|send|drop)"
    r" (?:him|her)(?: (?:come|go|back))? in(?: to school)?(?: (?:now|today|after all|anyway|then))*"
    r"(?= (?:and|but|so|as|,|\.|!)| ?$|[.,!])"
)
""" "Zain has talked me into letting him in": the child that was named last before it."""
_AFTER_ALL = re.compile(
    r"\bafter all\b"
    r"|\b(?:bus|train|tram|taxi|lift) (?:never|did not|has not|not) (?:come|came|turn\w* up|show\w*(?: up)?)\b"
)
"""What denies nothing of the child: "in after all", "the bus never came"."""
_THE_CHILD = frozenset("he she they child son daughter".split())
_THE_OTHER = re.compile(r"\b(?:son|daughter|brother|sister|others?|rest|eldest|oldest|youngest|twin|just|only)\b")


def comes_in(seen: Reading) -> Report | None:
    """The one child that is held to be away, as back on the first day that it was to miss; None where more is said."""
    held = _held(seen)
    line = _AFTER_ALL.sub("", seen.words.line)
    if held is None or not _comes(seen, line) or _OTHERWISE.search(line) or _says_away(seen):
        return None
    if is_with_me(seen):  # "she's here with us, she hurt her back"
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


def _says_away(seen: Reading) -> bool:
    """Whether the words say that a child is away; "missed the bus" does not, though "missed the day" would."""
    missed_it = {hit.first for hit in seen.signals.by.get("late", ())}
    return any(hit.first not in missed_it for hit in seen.signals.by.get("absent", ()))


def comes_all_the_same(seen: Reading) -> bool:
    """ "Was sick in the night but seems fine so he's coming in", unasked, of a child of whom we hold nothing: whatever
    ails him, he is no child that is away. Recorded as ill he would be missed by nobody, had he not arrived.
    """
    message, line = seen.message, seen.words.line
    named = {child for one in seen.who.named for child in one.children} or {child.id for child in message.children}
    held = {child for report in message.known for child in report.children}
    if message.asked is not None or seen.why.code is None or len(named) != 1 or held & named:
        return False
    if len(message.children) > 1 and _THE_OTHER.search(line):  # "son is poorly, daughter will be in"
        return False
    late = seen.signals.has("late") and _BROUGHT_LATER.search(line) is None
    return _comes_today(seen, _COMES) and not (late or seen.signals.has("absent"))


def sets_out_all_the_same(seen: Reading) -> bool:
    """ "He was sick in the night but he's coming in now", "bus never came, I'm driving her in", to why a child is away
    that we miss: it is on the way. As ill, or without its bus, it would be looked for by nobody, had it not arrived.
    """
    asked, named = seen.message.asked, {child for one in seen.who.named for child in one.children}
    if asked is None or asked.kind != "absence" or len(asked.about) != 1 or not named <= set(asked.about):
        return False
    return seen.why.code != APPOINTMENT and _comes_today(seen, _SETS_OUT) and not _says_away(seen)


def will_be_brought(seen: Reading) -> bool:
    """ "Her dad will drop her to school", to why she is away: nobody believes that she is there yet."""
    asked = seen.message.asked
    told = asked is not None and asked.kind == "absence" and seen.why.code in (None, "N")
    return told and _comes_today(seen, _BROUGHT_LATER) and not _says_away(seen)


def _comes_today(seen: Reading, words: re.Pattern[str]) -> bool:
    """Whether the child comes by these words, and no time, day or doubt is said of it."""
    line = _AFTER_ALL.sub("", seen.words.line)
    if seen.who.away or seen.times.roles or any(role == "return" for _, role in seen.days.roles):
        return False
    if seen.signals.has_any("not_back", "with_me") or _NOT_SO.search(line):
        return False
    return any(not _DENIED.search(line[: match.start()]) for match in words.finditer(line))


#: Right behind a child's name, and no day to come: it is in school again.
_BACK_TODAY = re.compile(
    r"^ ?(?:(?:is|'s|will be|should be) )?(?:(?:all |much )?better (?:and|so|now and|today and) )?"
    r"(?:(?:is|coming|going) )?"
    r"(?:back|in)(?: in)?(?: (?:at|to|in) school)?(?: (?:today|now|this morning|with you))*"
    r"(?: ?[,.!;]| but| and| though| so|$)"
)


def brought_in(seen: Reading) -> tuple[str, ...]:
    """ "They can only see Hugo so dropping Nell off now": of the children that are held to be away today, those whom
    the words bring in by name.
    """
    today = local(seen.message.sent_at).date()
    held = {child for one in seen.message.known if one.code and one.first_day == today for child in one.children}
    away = {child for one in seen.message.known if _lasts(one, today) for child in one.children}
    if not seen.message.is_unasked:
        return ()
    one = [named for named in seen.who.named if len(named.children) == 1]
    brought = (named for named in one if named.children[0] in held and _is_brought(seen, named))
    back = (named for named in one if named.children[0] in away and _is_back(seen, named))
    comes = sorted((*brought, *back), key=lambda named: named.first)
    return tuple(dict.fromkeys(named.children[0] for named in comes))


def _is_brought(seen: Reading, one: Named) -> bool:
    line, offsets = seen.words.line, (*seen.words.offsets, len(seen.words.line))
    dropped = _BRINGS.search(line[: offsets[one.first]]) and _NOW.match(line[offsets[one.until - 1] :])
    return dropped is not None or _is_let_in(seen, one)


def _lasts(report: Report, today: date) -> bool:
    """Whether a child that was reported ill before today is held to be away today."""
    begun = report.first_day is not None and report.first_day <= today
    return report.code == "I" and begun and (report.return_day is None or report.return_day >= today)


def _is_back(seen: Reading, one: Named) -> bool:
    """ "Tom back in today, Ella off with the same": told of the one, and other news of another child."""
    line, offsets = seen.words.line, (*seen.words.offsets, len(seen.words.line))
    others = [other.first for other in seen.who.named if other.children != one.children and other.how != "pronoun"]
    later = [place for place in others if place >= one.until]
    own = line[offsets[one.until] : offsets[min(later)]] if later else line[offsets[one.until] :]
    return bool(others) and _BACK_TODAY.match(own) is not None and not _NOT_SO.search(own)


def _is_let_in(seen: Reading, one: Named) -> bool:
    """ "Zain has talked me into letting him in", before another child is named, and no doubt about it."""
    if one.how == "pronoun":
        return False
    line, offsets = seen.words.line, (*seen.words.offsets, len(seen.words.line))
    later = [other.first for other in seen.who.named if other.first >= one.until and other.how != "pronoun"]
    own = line[offsets[one.until] : offsets[min(later)]] if later else line[offsets[one.until] :]
    return _LETS_IT.search(own) is not None and not _NOT_SO.search(own)


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
