"""Which days: every pair of a first day and a day of return that the words allow, weighed by what stands around them.

The grammar finds the days that are said; whether a day is the first of an absence, the return from it, its last one,
or none of these, is weighed and not ruled. The choices are few, so all of them are compared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates import DAY, Mention
from bot.understanding.days.half_attended import comes_at_noon
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.evidence import Reading
from bot.understanding.learned.features import of_half, ruled_part
from bot.understanding.learned.tokens import around, neighbourhood, place_of
from bot.understanding.learned.weights import shares, weights
from bot.understanding.network.opinion import Opinion, Span, blended, together
from bot.understanding.roles import Days
from bot.understanding.values import Report

_TURNABLE = frozenset(("weekday", "list", "range", "ordinal"))
#: Of more days than this in one part of a message only the first are weighed: the pairs grow with their square.
_MOST = 6
#: A no within so many words before a day is said of that day, unless one of the other words stands between.
_NOT_FAR = 6
_NOT = frozenset(("not", "never"))
_TURNED = frozenset(
    "until till til while whilst before by but . , ! ? and so from after then because back inshallah hopefully".split()
)
_BE = frozenset("be it come coming get go going".split())
#: What is no use now may be tomorrow.
_NO_USE = frozenset("worth bother bothering bothered point late".split())
#: What the lists hear further off than this many words says nothing of a day.
_REACH = 8
_PART = re.compile(r" (?:morning|am|a m|until|before)\b")
#: How the words of the first day stand to those of the return.
ORDERS = ("same words", "earlier", "later")
#: So many of the likeliest pairs are handed on, to be weighed together with the half of the day.
_KEPT = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that some words may mean: `how` names the way to it from the words; `at` is the mention's number, or -1."""

    how: str
    at: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days that weigh most. `sure` is of both together, the others of each alone (0 to 1).

    `beyond`: a day is named that the calendar does not reach, so that these are not all that the words may mean.
    """

    first: date
    back: date | None
    sure: float
    first_sure: float
    back_sure: float
    said_first: bool
    said_back: bool
    beyond: bool
    others: tuple[Chosen, ...] = ()

    @property
    def all(self) -> tuple[Chosen, ...]:
        """This pair of days and the less likely ones, likeliest first."""
        return (self, *self.others)

    def open_ended(self) -> Chosen:
        """The same first day, and no day of return."""
        return replace(self, back=None, back_sure=0.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a choice of days starts from: the mentions with the roles a first look gave them, the draft, if any, and
    the days that follow from those roles by rule."""

    mentions: tuple[Mention, ...]
    roles: tuple[str, ...]
    start: date
    today: date
    draft_first: date | None = None
    draft_back: date | None = None
    ruled_first: date | None = None
    ruled_back: date | None = None
    denied: frozenset[date | None] = frozenset()  # school days of which it is said that the child is not back on them


def setting_of(
    seen: Reading, days: Days, start: date, calendar: SchoolCalendar, children: Sequence[str] = ()
) -> Setting:
    """The setting for the days of one part of a message; `days` are that part's, by rule."""
    asked = seen.message.asked
    draft = asked.draft if asked is not None else None
    if draft is None:
        about = [
            report
            for report in seen.message.known
            if (not children or set(children) & set(report.children)) and not _over(report, start)
        ]
        alike = len({(report.first_day, report.return_day) for report in about}) == 1
        draft = about[0] if alike else None
    kept = [pair for pair in days.roles if pair[1] != "told"][:_MOST]
    others = {number for one, _ in kept for number in range(*place_of(seen, one.start, one.end))}
    arrives = seen.times.arrives is not None and len(kept) == 1  # "not in for the register tomorrow, in by 10"
    denied = {
        on_or_after(one.first, calendar)
        for one, _ in kept
        if not (arrives or (len(kept) == 1 and comes_at_noon(seen.words.line)))
        and one.first is not None
        and one.form != "holiday"
        and not _part_of(seen, one)
        and _denied(seen, one, others)
    }
    return Setting(
        tuple(mention for mention, _ in kept), tuple(role for _, role in kept), start,
        local(seen.message.sent_at).date(), draft.first_day if draft else None, draft.return_day if draft else None,
        days.first or start, days.ret, frozenset(denied),
    )  # fmt: skip


def _over(report: Report, start: date) -> bool:
    """Whether the child was back from it by then: what is told now is another absence."""
    return report.return_day is not None and report.return_day <= start


def _part_of(seen: Reading, mention: Mention) -> bool:
    """Whether a part of the day is said: who is not in on Friday morning may be back on Friday."""
    return mention.part in ("am", "pm") or _PART.match(seen.words.line[mention.end :]) is not None


def _denied(seen: Reading, mention: Mention, days: Collection[int]) -> bool:
    """Whether it is said that the child is not back on this day: "not tomorrow", "won't be in on Monday".

    `days` are the words of all days: of "not today, tomorrow" only the first is denied.
    """
    place = place_of(seen, mention.start, mention.end)[0]
    start = max(0, place - _NOT_FAR)
    before = seen.words.texts[start:place]
    for number, text in reversed(list(enumerate(before))):
        if text == "back" and before[number - 1 : number] and before[number - 1] in _BE:
            continue  # "will not be back on Monday"
        if text in _TURNED or start + number in days:
            return False
        if text == "now" and not _NO_USE.isdisjoint(before[:number]):
            return False  # "not worth it now, tomorrow": it is today that is not worth it
        if text in _NOT:
            return not {"sure", "know", "well"}.intersection(before[number:])
    return False


def firsts(setting: Setting, calendar: SchoolCalendar) -> list[Choice]:
    """The days on which the absence may begin."""
    out = [Choice("unsaid", -1, setting.start)]
    if setting.draft_first is not None and setting.draft_first != setting.start:
        out.append(Choice("draft", -1, setting.draft_first))
    for number, mention in enumerate(setting.mentions):
        if mention.first is None or mention.last is None:
            continue
        out.append(Choice("on", number, on_or_after(mention.first, calendar)))
        if mention.plain is not None:
            out.append(Choice("turned", number, on_or_after(mention.plain, calendar)))
        elif mention.form in _TURNABLE and mention.modifier in ("", "the") and mention.month is None:
            week = -7 if mention.first > setting.today else 7
            out.append(Choice("turned", number, on_or_after(mention.first + week * DAY, calendar)))
        out.append(Choice("behind", number, after(mention.last, calendar)))
    return [choice for choice in out if choice.day is not None]


def backs(setting: Setting, first: date, calendar: SchoolCalendar) -> list[Choice]:
    """The days on which a child that is away from `first` may be back."""
    out = [Choice("open", -1, None), Choice("same", -1, first), Choice("next", -1, after(first, calendar))]
    if setting.draft_back is not None:
        out.append(Choice("draft", -1, setting.draft_back))
    for number, mention in enumerate(setting.mentions):
        if mention.days is not None and mention.form == "length":
            counted = max(first, setting.today) if mention.further else first
            out.append(Choice("length", number, _lasting(mention, counted, calendar)))
        if mention.first is None or mention.last is None:
            continue
        if mention.modifier != "inclusive" and mention.form != "endterm":
            out.append(Choice("on", number, on_or_after(mention.first, calendar)))
        gone = setting.roles[number] == "past"  # "the wrist he broke Tuesday"
        gone = gone or _is_next_day(mention, setting)
        if mention.weekday is not None and mention.single and mention.first <= first and not gone:
            ahead = (mention.weekday - first.weekday()) % 7 or 7
            out.append(Choice("following", number, on_or_after(first + ahead * DAY, calendar)))
        if mention.last != mention.first:
            out.append(Choice("end", number, on_or_after(mention.last, calendar)))
        out.append(Choice("behind", number, after(mention.last, calendar)))
    fitting = [
        choice for choice in out if choice.day is not None and choice.day >= first and choice.day not in setting.denied
    ]
    return [out[0], *fitting]


def _is_next_day(mention: Mention, setting: Setting) -> bool:
    """ "Back Thursday", on Wednesday evening, of a child that is away since before: that is tomorrow."""
    before = setting.draft_first is not None and mention.first is not None and setting.draft_first < mention.first
    return before and mention.first is not None and mention.first > setting.today


def _lasting(mention: Mention, first: date, calendar: SchoolCalendar) -> date | None:
    days = mention.days or 0
    if mention.unit == "hour":
        return on_or_after(first + days * DAY, calendar)
    if mention.unit == "school day" or (mention.unit == "day" and days <= 5):
        return after(first, calendar, days)
    return on_or_after(first + timedelta(days=days), calendar)


def of_mentions(seen: Reading, tokens: Sequence[str], setting: Setting) -> list[list[str]]:
    """What each mention is and what stands around it."""
    out = []
    count = len(setting.mentions)
    places = [place_of(seen, mention.start, mention.end) for mention in setting.mentions]
    for number, (mention, role) in enumerate(zip(setting.mentions, setting.roles, strict=True)):
        names = [
            f"form {mention.form}", f"form {mention.form} {mention.modifier}", f"role {role}",
            f"role {role} {mention.form}", f"part {mention.part or 'whole'}", f"nth {min(number, 2)}",
            f"last {number == count - 1}",
        ]  # fmt: skip
        if mention.first is not None:
            gap = (mention.first - setting.today).days
            names.append("when " + ("past" if gap < 0 else "today" if gap == 0 else "soon" if gap < 8 else "later"))
            names.append(f"single {mention.single}")
            names.append(f"form {mention.form} single {mention.single}")
        names += around(tokens, *places[number])
        names += _heard_near(seen, places, number)
        out.append(names)
    return out


def _heard_near(seen: Reading, places: Sequence[tuple[int, int]], number: int) -> list[str]:
    """What the lists hear between this mention and its neighbours: "off", "back", a reason, a "ring me"."""
    first, until = places[number]
    floor = max(first - _REACH, places[number - 1][1] if number else 0)
    roof = min(until + _REACH, places[number + 1][0] if number + 1 < len(places) else until + _REACH)
    before = [hit.tag for hit in seen.hits if floor <= hit.first and hit.until <= first]
    behind = [hit.tag for hit in seen.hits if until <= hit.first < roof]
    out = [f"hb {tag}" for tag in dict.fromkeys(before)] + [f"ha {tag}" for tag in dict.fromkeys(behind)]
    if before:
        out.append(f"hb0 {before[-1]}")
    if behind:
        out.append(f"ha0 {behind[0]}")
    return out


def of_whole(seen: Reading, intent: str, code: str | None, setting: Setting, calendar: SchoolCalendar) -> list[str]:
    """What is so of the whole message, whichever days are chosen."""
    asked = seen.message.asked
    out = [
        f"intent {intent}", f"code {code}", f"asked {asked.kind if asked is not None else None}",
        f"mentions {min(3, len(setting.mentions))}",
        f"times {' '.join(sorted({role for _, role in seen.times.roles}))}", f"known {bool(seen.message.known)}",
    ]  # fmt: skip
    return [*out, *of_half(ruled_part(seen, calendar)), *[f"signal {name}" for name in seen.signals.by]]


def of_words(tokens: Sequence[str]) -> list[str]:
    """The words that speak for a choice that no day in the message stands for."""
    words = {token for token in tokens if token}
    return [*words, *{neighbourhood(word)[1] for word in words}]


def of_choice(
    side: str, choice: Choice, setting: Setting, mentions: list[list[str]], whole: list[str], words: list[str]
) -> list[str]:
    """What speaks for one choice of the first day (`side` f) or of the day of return (`side` r)."""
    head = f"{side}:{choice.how}"
    own = mentions[choice.at] if choice.at >= 0 else words
    ruled = choice.day == (setting.ruled_first if side == "f" else setting.ruled_back)
    return [
        head,
        f"{side} ruled {ruled}",
        f"{head} ruled {ruled}",
        *[f"{head} {name}" for name in own],
        *[f"{head} | {name}" for name in whole],
    ]


def order_of(first: Choice, back: Choice) -> int:
    """How the first day stands to the return in the text, as a place in ORDERS."""
    return 0 if first.at == back.at >= 0 else 1 if back.at > first.at else 2


def of_both(first: Choice, back: Choice, setting: Setting) -> list[str]:
    """What speaks for two choices together."""
    order = ORDERS[order_of(first, back)]
    ways = f"{first.how} {back.how}"
    out = [f"j {ways}", f"j {ways} {order}", f"j {ways} of {min(len(setting.mentions), 3)}"]
    if back.day is not None and first.day is not None:
        gap = (back.day - first.day).days
        out.append(f"gap {gap if gap < 4 else 'week' if gap < 9 else 'fortnight' if gap < 17 else 'long'}")
        ahead = "past" if back.day < setting.today else "today" if back.day == setting.today else "ahead"
        out.append(f"back {ahead}")
    return out


def weigh_days(
    seen: Reading, tokens: Sequence[str], setting: Setting, intent: str, code: str | None, calendar: SchoolCalendar
) -> Chosen:
    """The likeliest first day and day of return, with how sure each is."""
    scale = weights("days")
    mentions = of_mentions(seen, tokens, setting)
    whole, words = of_whole(seen, intent, code, setting, calendar), of_words(tokens)
    speaks: dict[tuple[str, int, date | None], float] = {}
    pairs: list[tuple[Choice, Choice]] = []
    sums = []
    for first in firsts(setting, calendar):
        assert first.day is not None
        for_first = scale.sum(of_choice("f", first, setting, mentions, whole, words))
        for back in backs(setting, first.day, calendar):
            key = (back.how, back.at, back.day)
            if key not in speaks:
                speaks[key] = scale.sum(of_choice("r", back, setting, mentions, whole, words))
            pairs.append((first, back))
            total = for_first + speaks[key] + scale.sum(of_both(first, back, setting))
            sums.append(total if seen.opinion is None else _with_opinion(seen.opinion, total, first, back, setting))
    beyond = any(
        mention.last is not None and on_or_after(mention.last, calendar) is None for mention in setting.mentions
    )
    return _likeliest(pairs, shares(sums), intent != "return", beyond)


def _with_opinion(opinion: Opinion, words: float, first: Choice, back: Choice, setting: Setting) -> float:
    """The sum of the weights for a pair of days, together with what the network thinks of it."""
    network = (
        opinion.first(first.how, _span(first, setting))
        + opinion.back(back.how, _span(back, setting))
        + together(first.how, back.how, order_of(first, back))
    )
    return blended("days", words, network)


def _span(choice: Choice, setting: Setting) -> Span | None:
    if choice.at < 0:
        return None
    mention = setting.mentions[choice.at]
    return mention.start, mention.end


def _likeliest(
    pairs: Sequence[tuple[Choice, Choice]], chances: Sequence[float], whole_pair: bool, beyond: bool
) -> Chosen:
    """The pair of days, and not of ways to them, that has the most behind it; of a `return` only the second counts."""
    together: dict[tuple[date | None, date | None], float] = {}
    firsts_: dict[date | None, float] = {}
    backs_: dict[date | None, float] = {}
    for (first, back), part in zip(pairs, chances, strict=True):
        key = (first.day if whole_pair else None, back.day)
        together[key] = together.get(key, 0.0) + part
        firsts_[first.day] = firsts_.get(first.day, 0.0) + part
        backs_[back.day] = backs_.get(back.day, 0.0) + part
    ways: dict[tuple[date | None, date | None], tuple[float, Choice, Choice]] = {}
    for (first, back), part in zip(pairs, chances, strict=True):
        key = (first.day if whole_pair else None, back.day)
        if part > ways.get(key, (-1.0, first, back))[0]:
            ways[key] = (part, first, back)
    found = []
    for key, sure in sorted(together.items(), key=lambda row: -row[1])[:_KEPT]:
        _, first, back = ways[key]
        assert first.day is not None
        said_first, said_back = first.how not in ("unsaid", "draft"), back.how not in ("open", "draft")
        chances_ = (sure, firsts_[first.day], backs_[back.day])
        found.append(Chosen(first.day, back.day, *chances_, said_first, said_back, beyond))
    return replace(found[0], others=tuple(found[1:]))
