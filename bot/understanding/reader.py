"""The reader: all layers over one message, put together into reports, a kind, and what to ask."""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

from attendance.calendar import CalendarTooShort, SchoolCalendar, local
from bot.understanding.clauses import Clause, read_clauses
from bot.understanding.danger import read_danger
from bot.understanding.dates import DAY, Grammar, Mention, read_dates
from bot.understanding.dates.clock import Moment, read_times
from bot.understanding.draft import correct
from bot.understanding.explain import trace_of
from bot.understanding.kind import HEAD_ONLY, Reading, Signals, decide_kind
from bot.understanding.language import in_english_days, read_language
from bot.understanding.normalise import Words, plain, read_words
from bot.understanding.phrases import Hit
from bot.understanding.roles import Days, Times, read_roles_of_times, roles_of, settle_days
from bot.understanding.session import part_of_day
from bot.understanding.signals import known_words, mended, read_signals
from bot.understanding.values import Message, Report, Understanding
from bot.understanding.who import Named, ids_of, read_who, sex
from bot.understanding.why import Why, read_why

#: After this London time a message without a date is about the next school day.
DAY_ENDS = time(15, 30)
#: Below these certainties a field is asked about. Part of the interpreter until the policy says otherwise.
ASK_BELOW = {"child": 0.6, "reason": 0.5, "dates": 0.7, "return": 0.75, "kind": 0.61}


def understand(message: Message, calendar: SchoolCalendar) -> Understanding:
    """Read one message in its context. Pure; never raises for any text: what cannot be read is a question for a person."""
    try:
        return _understand(message, calendar)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return Understanding(intent="question", ask=("confirm",))


def _understand(message: Message, calendar: SchoolCalendar) -> Understanding:
    now = local(message.sent_at)
    words = read_words(message.text)
    language = read_language(words)
    words = in_english_days(words, language)
    if not language:
        words = mended(words, _names(message))
    who = read_who(words, message.children, message.asked, known_words())
    hits = read_signals(words, [(n.first, n.until) for n in who.named if "name" in n.how])
    hits = [hit for hit in hits if not (hit.tag == "kind:late" and hit.phrase == "late" and _inside_reason(hit, hits))]
    grammar = Grammar(now.date(), now.hour + now.minute / 60, calendar)
    mentions = read_dates(who.line, grammar)
    _inclusive(who.line, mentions)
    moments = read_times(who.line, now.time(), [(m.start, m.end) for m in mentions if m.form != "length"])
    clauses = read_clauses(words, who, hits)
    danger = read_danger(hits)
    whole = [(0, len(words.texts))]
    why = read_why(words, who, hits, _about(clauses))
    if why.code is None:
        why = read_why(words, who, hits, whole)
    start = _start(message, now, calendar)
    days, times = _when(
        who.line, mentions, moments, words, now, start, calendar, why, hits, whole, _default_role(message)
    )
    seen = Reading(message, words, tuple(hits), Signals.of(hits), who, why, days, times, danger, language)
    intent, sure = decide_kind(seen)
    answer = _answer(seen, intent, sure, clauses, mentions, moments, start, calendar)
    return replace(answer, trace=trace_of(seen, intent, sure))


def _inside_reason(hit: Hit, hits: list[Hit]) -> bool:
    """ "the late kick off": the word is part of a reason, and says nothing about arriving."""
    return any(
        why.tag.startswith("why:") and why.first <= hit.first and hit.until <= why.until and why.until - why.first > 1
        for why in hits
    )


def _names(message: Message) -> frozenset[str]:
    return frozenset(
        part
        for child in message.children
        for name in (child.given, child.family, *child.known_as)
        for part in plain(name).replace("-", " ").replace("'", "").split()
    )


def _about(clauses: list[Clause]) -> list[tuple[int, int]]:
    return [(clause.first, clause.until) for clause in clauses if not clause.well]


def _inclusive(line: str, mentions: list[Mention]) -> None:
    for mention in mentions:
        after = line[mention.end : mention.end + 12]
        before = line[max(0, mention.start - 16) : mention.start]
        if after.strip(" (").startswith("incl") or "including" in before or "end of" in before:
            mention.modifier = "inclusive"


def _start(message: Message, now: datetime, calendar: SchoolCalendar) -> date:
    """The first day when no date is said: the day we asked about, today, or the next school day after hours."""
    asked = message.asked
    if (
        asked is not None
        and asked.kind in ("absence", "reason", "child", "return", "confirm")
        and asked.day is not None
    ):
        return asked.day
    day = now.date()
    if now.time() > DAY_ENDS:
        day += DAY
    return _school_day(day, calendar)


def _school_day(day: date, calendar: SchoolCalendar) -> date:
    try:
        return calendar.on_or_after(day)
    except CalendarTooShort:
        return day


def _when(
    line: str, mentions: list[Mention], moments: list[Moment], words: Words, now: datetime, start: date,
    calendar: SchoolCalendar, why: Why, hits: list[Hit], ranges: list[tuple[int, int]],
    default: str = "absent",
) -> tuple[Days, Times]:  # fmt: skip
    inside = [m for m in mentions if any(a <= words.word_at(m.start) < b for a, b in ranges)]
    if default == "absent" and why.code == "I" and why.certainty >= 0.6:
        default = "illness"
    roles = roles_of(line, inside, now.date(), default)
    _in_named_week(roles)
    turned = [(_turn(mention, role, line, now.date(), _end_before(inside, mention)), role) for mention, role in roles]
    if any(mention.last is not None and mention.last < now.date() for mention, role in turned if role == "absent"):
        turned = roles_of(line, inside, now.date(), default)
    planned = why.code in HEAD_ONLY
    days = settle_days(turned, now.date(), start, calendar, False, planned)
    late = any(hit.tag == "kind:late" for hit in hits)
    chosen = [m for m in moments if any(a <= words.word_at(m.start) < b for a, b in ranges)]
    times = read_roles_of_times(line, chosen, inside, now.time(), late, now.date())
    return days, times


def _end_before(mentions: list[Mention], mention: Mention) -> int:
    return max((other.end for other in mentions if other.end <= mention.start), default=0)


_TOLD_PAST = re.compile(
    r"\b(?:was|were|been (?:off|ill|sick|poorly|away|absent|at home|unwell|bad|like)|missed|had|fell|died|passed|last|did|went|came|happened"
    r"|started|got|broke|told|rang|saw|spoke|emailed|banged|hurt)\b"
)


def _in_named_week(roles: list[tuple[Mention, str]]) -> None:
    """ "away w/c 8th Feb ... she will miss Weds, Thurs and Fri": bare weekdays lie in the week that was named before."""
    week: Mention | None = None
    for mention, role in list(roles):
        if mention.form == "week" and mention.modifier in ("next", "commencing") and not mention.part:
            week = mention
            continue
        bare = (
            mention.weekday is not None
            and mention.modifier in ("", "the")
            and mention.form in ("weekday", "list", "range")
        )
        if week is None or week.first is None or role != "absent" or not bare:
            continue
        if mention.weekday is not None and mention.first is not None and mention.last is not None:
            shift = week.first + mention.weekday * DAY - mention.first
            mention.first, mention.last = mention.first + shift, mention.last + shift
            mention.members = tuple(day + shift for day in mention.members)
            roles[:] = [(m, "other" if m is week else r) for m, r in roles]


def _default_role(message: Message) -> str:
    """A date without any word beside it, in answer to our question about an absence, is when the child is back."""
    asked = message.asked
    return "return" if asked is not None and asked.kind in ("absence", "reason", "return") else "absent"


def _turn(mention: Mention, role: str, line: str, today: date, begins: int) -> Mention:
    """A weekday or a bare number told in the past is the latest one, not the coming one."""
    if mention.weekday is None and mention.day_of_month is None:
        return mention
    if (
        mention.modifier not in ("", "the")
        or mention.month is not None
        or mention.form not in ("weekday", "ordinal", "list", "range")
    ):
        return mention
    stop = max(line.rfind(mark, 0, mention.start) for mark in (" . ", " ! ", " ? "))
    before = line[max(begins, stop + 3 if stop >= 0 else 0) : mention.start]
    tail = before[-45:].rpartition(" , ")[2]
    behind = line[mention.end : mention.end + 40].split(" . ", maxsplit=1)[0]
    since = role == "since" and "since" in tail[-12:]
    past = since or (
        _TOLD_PAST.search(tail) is not None and not re.search(r"\b(?:will|would|is going|be out)\b", behind)
    )
    ahead = any(
        f" {word} " in f" {tail} "
        for word in ("back", "see", "will", "until", "next", "return", "booked", "appointment", "brought")
    )
    if not past or (ahead and not since) or mention.first is None or mention.first <= today:
        return mention
    if mention.weekday is not None and mention.form in ("weekday", "list", "range"):
        shift = 7 * DAY
        mention.first = mention.first - shift
        mention.last = mention.last - shift if mention.last else None
        mention.members = tuple(day - shift for day in mention.members)
    elif mention.day_of_month is not None:
        back = Grammar(today, 12, None).in_month(mention.day_of_month, past=True)
        mention.first = mention.last = back
    return mention


# ---------------------------------------------------------------------------- putting the answer together
def _answer(
    seen: Reading, intent: str, sure: float, clauses: list[Clause], mentions: list[Mention], moments: list[Moment], start: date,
    calendar: SchoolCalendar,
) -> Understanding:  # fmt: skip
    ask: set[str] = set()
    reports: tuple[Report, ...] = ()
    message = seen.message
    asked = message.asked
    if (
        asked is not None
        and asked.kind == "confirm"
        and asked.draft is not None
        and intent in ("absence", "leave", "return", "late", "cancel")
    ):
        intent, reports, ask = correct(seen, intent, clauses, start, calendar)
    elif intent in ("absence", "leave"):
        reports, ask = _reports(seen, clauses, mentions, moments, start, calendar)
        intent = _planned(intent, reports, local(message.sent_at).date())
    elif intent in ("late", "return", "present", "missing", "cancel"):
        reports, ask = _short(seen, intent, clauses, start, calendar)
        if intent == "present":
            more, _ = (
                _reports(seen, clauses, mentions, moments, start, calendar)
                if _another_is_away(seen, clauses)
                else ((), set())
            )
            there = {child for report in reports for child in report.children}
            reports += tuple(r for r in more if not there & set(r.children) and r.code not in (None, "N"))
    if intent in ("absence", "leave") and reports and all(r.code is None for r in reports):
        intent = "late"
    if seen.words.cut and reports:
        ask.add("confirm")
    if intent in ("absence", "leave", "late", "return", "cancel") and sure < ASK_BELOW["kind"]:
        ask.add("confirm")
    urgent = intent in ("present", "missing") or seen.danger.now
    safeguarding = seen.danger.safeguarding
    order = [field for field in ("child", "reason", "dates", "return", "confirm") if field in ask]
    return Understanding(intent, reports, urgent, safeguarding, tuple(order), _doubt(seen))


def _another_is_away(seen: Reading, clauses: list[Clause]) -> bool:
    return len({child for clause in clauses for child in clause.children}) > 1


def _doubt(seen: Reading) -> bool:
    signals = seen.signals
    texts = seen.words.texts
    phrases = {hit.phrase for hit in signals.by.get("pupil", ())}
    strong = [
        p
        for p in phrases
        if p.startswith(
            (
                "my mum|",
                "i am|was",
                "i will not",
                "i do not feel",
                "this is ~2 mum",
                "its ~2 not",
                "it is ~2 not",
                "not a joke",
                "trust me",
                "miss",
                "sir",
                "i have ~2 det",
                "my det",
                "do not tell",
                "mum will",
            )
        )
    ]
    names = {texts[n.first] for n in seen.who.named}
    herself = any(
        texts[i] == "is"
        and i
        and texts[i - 1] in ("it", "this")
        and i + 1 < len(texts)
        and texts[i + 1] in names
        and i + 2 < len(texts)
        and texts[i + 2] == "not"
        and i + 3 < len(texts)
        and texts[i + 3] in ("mum", "dad", "my", "the", "a")
        for i in range(len(texts))
    )
    return bool(strong) or herself or len(phrases) >= 2


def _planned(intent: str, reports: tuple[Report, ...], today: date) -> str:
    """Leave is an absence whose first day is after today for a reason that only the head can grant, or for none."""
    coded = [report for report in reports if report.code is not None]
    if coded and all(r.first_day is not None and r.first_day > today and r.code in HEAD_ONLY for r in coded):
        return "leave"
    return "absence"


def _children(seen: Reading, clauses: list[Clause]) -> tuple[tuple[str, ...], float]:
    """The children a message is about when they need not be told apart."""
    message = seen.message
    listed = tuple(child.id for child in message.children)
    clear = [named for named in seen.who.named if named.certainty >= 0.5 and not _dismissed(seen, named)]
    away = {child for clause in clauses if clause.well for child in clause.children} - {
        child for clause in clauses if not clause.well for child in clause.children
    }
    ids = tuple(child for child in ids_of(clear) if child not in away)
    asked = message.asked
    if ids:
        return ids, min(named.certainty for named in clear)
    doubtful = [named for named in seen.who.named if named.certainty < 0.5]
    if seen.who.strangers and not clear and not doubtful:
        return (), 0.3
    if doubtful:
        return (), 0.3
    if asked is not None and asked.about:
        return tuple(child for child in asked.about if child not in away) or asked.about, 0.95
    if len(listed) == 1:
        return listed, 0.95
    left = tuple(child for child in listed if child not in away)
    if away and len(left) == 1:
        return left, 0.85
    if len(message.known) == 1 and message.known[0].children and asked is None:
        return message.known[0].children, 0.65
    if not any(word in ("he", "she", "him", "her", "his") for word in seen.words.texts) and any(
        word in ("they", "them", "both", "children", "their", "we", "us") for word in seen.words.texts
    ):
        return listed, 0.65
    if seen.language:
        return (), 0.4
    return (), 0.4


def _dismissed(seen: Reading, named: Named) -> bool:
    """ "not Omar, his sister": a child named only to be put aside."""
    texts = seen.words.texts
    before = texts[named.first - 1] if named.first else ""
    if before == "not" and not (named.until < len(texts) and texts[named.until] in ("is", "has", "well", "in", "will")):
        return True
    after = texts[named.until] if named.until < len(texts) else ""
    return before == "instead" or (
        after == "'s" and named.until + 1 < len(texts) and texts[named.until + 1] in ("brother", "sister", "twin")
    )


def _groups(seen: Reading, clauses: list[Clause]) -> list[tuple[tuple[str, ...], list[tuple[int, int]], float]]:
    """Children with the parts of the text that are about them; parts about nobody in particular go to all."""
    children, sure = _children(seen, clauses)
    if len(seen.message.children) < 2 or len(children) < 2:
        mine = [(c.first, c.until) for c in clauses if not c.children or set(c.children) & set(children) or not c.well]
        mine = (
            [(c.first, c.until) for c in clauses if not (c.well and c.children and not set(c.children) & set(children))]
            if mine
            else mine
        )
        return [(children, mine or [(0, len(seen.words.texts))], sure)]
    parts: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    shared: list[tuple[int, int]] = []
    last: tuple[str, ...] = ()
    for clause in clauses:
        ids = tuple(child for child in clause.children if child in children)
        if clause.well and ids:
            last = ()
            continue
        if not ids:
            if last and any(
                t in ("he", "she", "his", "her", "him") for t in seen.words.texts[clause.first : clause.until]
            ):
                parts[last].append((clause.first, clause.until))
            else:
                shared.append((clause.first, clause.until))
            continue
        parts.setdefault(ids, []).append((clause.first, clause.until))
        last = ids
    merged = _merge_overlapping(parts)
    if not merged:
        return [(children, shared, sure)]
    return [(ids, sorted(own + shared), sure) for ids, own in merged.items()]


def _with_evidence(
    seen: Reading, groups: list[tuple[tuple[str, ...], list[tuple[int, int]], float]], clauses: list[Clause]
) -> list[tuple[tuple[str, ...], list[tuple[int, int]], float]]:
    """Without the children that are only mentioned, when others are plainly away: no word of absence is about them."""
    if len(groups) < 2:
        return groups

    def told(ids: tuple[str, ...]) -> bool:
        own = [clause for clause in clauses if set(clause.children) & set(ids)]
        return any(
            hit.tag in ("kind:absent", "kind:late") or (hit.tag.startswith("why:") and not hit.tag.endswith("weak"))
            for hit in seen.hits
            if any(clause.first <= hit.first < clause.until for clause in own)
        )

    kept = [group for group in groups if told(group[0])]
    return kept or groups


def _merge_overlapping(
    parts: dict[tuple[str, ...], list[tuple[int, int]]],
) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """A group that holds another one ("both ... Mo") is told by the smaller ones where they cover it."""
    merged: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for ids, own in parts.items():
        inside = [other for other in parts if other != ids and set(other) < set(ids)]
        if inside:
            singles = {child for other in inside for child in other}
            for other in inside:
                merged.setdefault(other, list(parts[other])).extend(own)
            rest = tuple(child for child in ids if child not in singles)
            if rest:
                merged.setdefault(rest, []).extend(own)
        else:
            merged.setdefault(ids, []).extend(span for span in own if span not in merged.get(ids, []))
    return merged


def _reports(
    seen: Reading,
    clauses: list[Clause],
    mentions: list[Mention],
    moments: list[Moment],
    start: date,
    calendar: SchoolCalendar,
) -> tuple[tuple[Report, ...], set[str]]:
    ask: set[str] = set()
    out: list[Report] = []
    now = local(seen.message.sent_at)
    groups = _groups(seen, clauses)
    groups = _with_evidence(seen, groups, clauses)
    for children, ranges, sure in groups:
        if len(groups) == 1:
            why, days, times = seen.why, seen.days, seen.times
            spans = [(0, len(seen.words.texts))] if len(seen.message.children) < 2 else ranges
            if spans is ranges:
                days, times = _when(
                    seen.who.line,
                    mentions,
                    moments,
                    seen.words,
                    now,
                    start,
                    calendar,
                    why,
                    list(seen.hits),
                    ranges,
                    _default_role(seen.message),
                )
        else:
            why = read_why(seen.words, seen.who, seen.hits, ranges, _not_of(seen.message, children))
            days, times = _when(
                seen.who.line,
                mentions,
                moments,
                seen.words,
                now,
                start,
                calendar,
                why,
                list(seen.hits),
                ranges,
                _default_role(seen.message),
            )
            spans = ranges
        out += _one(seen, children, why, days, times, spans, start, calendar, ask)
        if sure < ASK_BELOW["child"] or not children:
            ask.add("child")
    return tuple(_together(out)), ask


def _together(reports: list[Report]) -> list[Report]:
    merged: dict[Report, tuple[str, ...]] = {}
    for report in reports:
        key = replace(report, children=())
        merged[key] = merged.get(key, ()) + tuple(c for c in report.children if c not in merged.get(key, ()))
    return [replace(key, children=children) for key, children in merged.items()]


def _one(
    seen: Reading, children: tuple[str, ...], why: Why, days: Days, times: Times, ranges: list[tuple[int, int]], start: date,
    calendar: SchoolCalendar, ask: set[str],
) -> list[Report]:  # fmt: skip
    now = local(seen.message.sent_at)
    hits = [hit for hit in seen.hits if any(a <= hit.first and hit.until <= b for a, b in ranges)]
    late = any(hit.tag == "kind:late" for hit in hits)
    strong = max(why.scores.values(), default=0.0) >= 2.9
    code = why.code
    if (
        late
        and not strong
        and not any(hit.tag == "kind:absent" and hit.phrase.startswith(("not", "keep", "stay", "off")) for hit in hits)
    ):
        arrives = times.arrives
        return [Report(children, None, None, None, None, arrives, None)]
    asked = seen.message.asked
    first = _school_day(days.first if days.first is not None else start, calendar)
    if not calendar.is_school_day(first):  # beyond the calendar: the office has to add the next terms first
        first = start
        ask.add("dates")
    draft = asked.draft if asked is not None and asked.kind in ("reason", "absence", "child") else None
    if asked is not None and asked.kind == "child" and draft is not None and code is None:
        code = draft.code
        first = draft.first_day if days.first is None and draft.first_day is not None else first
    if asked is None and why.certainty < ASK_BELOW["reason"]:
        code = _known_code(seen.message, children) or code
    unsaid = why.code is None and not days.roles and not times.roles
    if asked is not None and asked.kind == "child" and draft is not None and unsaid and draft.first_day is not None:
        return [replace(draft, children=children)]
    code = code or "N"
    ret = days.ret
    waiting = asked is not None and asked.kind in ("absence", "reason") and asked.day is not None
    if (
        waiting
        and asked is not None
        and asked.day is not None
        and first > asked.day
        and code not in ("M", "J1", "C1", "P")
    ):
        first = asked.day
    if (
        days.first is not None
        and asked is not None
        and asked.kind in ("absence", "reason", "child")
        and asked.day is not None
        and not _says_day(days)
    ):
        first = asked.day
    if draft is not None and ret is None and draft.return_day is not None:
        ret = draft.return_day
    part = part_of_day(seen, code, times, days, hits, ranges, first, calendar)
    partly = part.session != "day" or part.returns_same_day
    if partly and (not days.said_return or ret is None or ret <= first):
        ret = first if part.returns_same_day else part.next_day or ret
    if ret is not None and ret < first:
        ret = None
    if (
        code == "I"
        and days.single
        and not days.said_return
        and days.ret is not None
        and first > now.date()
        and not _planned_words(hits)
    ):
        ret = ret if any(m.form != "tomorrow" for m, r in days.roles if r == "absent") else None
    given = any(hit.tag.startswith("why:N") for hit in hits)
    carried = asked is None and code == _known_code(seen.message, children)
    open_reason = not carried and ((code == "N" and not given) or why.certainty < ASK_BELOW["reason"])
    if open_reason and not seen.danger.safeguarding and not (asked is not None and asked.kind == "child"):
        ask.add("reason")
    if (ret is None and not any(hit.tag == "kind:unknown_return" for hit in hits)) or days.return_sure < ASK_BELOW[
        "return"
    ]:
        ask.add("return")
    if days.first_sure < ASK_BELOW["dates"] and days.said_first:
        ask.add("dates")
    return [Report(children, code, first, ret, part.session, part.arrives, part.leaves)]


def _known_code(message: Message, children: tuple[str, ...]) -> str | None:
    """The code of the absence that we know already, when a message only carries it on ("he's worse, back Monday")."""
    codes = {report.code for report in message.known if set(children) & set(report.children)}
    return codes.pop() if len(codes) == 1 else None


def _says_day(days: Days) -> bool:
    return any(role in ("absent", "since") and mention.form != "today" for mention, role in days.roles)


def _planned_words(hits: list[Hit]) -> bool:
    return any(hit.tag.startswith("why:M") for hit in hits)


def _not_of(message: Message, children: tuple[str, ...]) -> frozenset[str]:
    """The pronouns that cannot mean these children, where the name of an only one says so."""
    sexes = {sex(child) for child in message.children if child.id in children}
    if sexes == {"f"}:
        return frozenset(("he", "him", "his"))
    return frozenset(("she", "her", "hers")) if sexes == {"m"} else frozenset()


def _short(
    seen: Reading, intent: str, clauses: list[Clause], start: date, calendar: SchoolCalendar
) -> tuple[tuple[Report, ...], set[str]]:
    """late, return, present, missing, cancel: the children, and what was said of days and arrival."""
    ask: set[str] = set()
    children, sure = _children(seen, clauses)
    if intent == "present":
        children = _present_children(seen, clauses, children)
    if intent in ("late", "return") and any(clause.well for clause in clauses) and not children:
        children, sure = _children(seen, [replace(clause, well=False) for clause in clauses])
    if not children or sure < ASK_BELOW["child"]:
        ask.add("child")
    arrives = seen.times.arrives
    now = local(seen.message.sent_at)
    if intent == "late":
        if arrives is None and seen.times.own is not None and seen.times.own > calendar.am.opens:
            arrives = seen.times.own
        if arrives is None and seen.times.late_by is not None:
            arrives = _after(calendar.am.opens, seen.times.late_by)
        return (Report(children, arrives=arrives),), ask
    if intent == "return":
        ret = seen.days.ret
        asked = seen.message.asked
        if not seen.days.said_return:
            ret = _bare_return(seen, calendar) or ret
        if ret is None and seen.days.roles and asked is not None and asked.kind == "return":
            ahead = [
                m.first
                for m, role in seen.days.roles
                if role == "since" and m.first is not None and m.first > now.date()
            ]
            ret = _school_day(ahead[0], calendar) if ahead else None
        if ret is None and (
            _today_back(seen) or arrives is not None or seen.signals.has("late", "bring|", "in later", "come|")
        ):
            ret = _school_day(now.date(), calendar)
        if ret is not None and seen.days.return_sure < ASK_BELOW["return"]:
            ask.add("return")
        if ret is None and not seen.signals.has("unknown_return"):
            ask.add("return")
        if (
            asked is not None
            and asked.kind == "return"
            and ret is not None
            and asked.day is not None
            and ret < asked.day
        ):
            ask.add("return")
        return (Report(children, return_day=ret, arrives=arrives),), ask
    if intent == "cancel":
        return (Report(children, first_day=None),), ask
    return (Report(children),), ask


def _after(clock: time, minutes: int) -> time:
    total = min(clock.hour * 60 + clock.minute + minutes, 23 * 60 + 59)
    return time(total // 60, total % 60)


def _today_back(seen: Reading) -> bool:
    return any(mention.form == "today" for mention, _ in seen.days.roles) or seen.signals.has("back", "back in")


def _bare_return(seen: Reading, calendar: SchoolCalendar) -> date | None:
    """An answer to "when back?" that is only a date: that day; or a stretch still to come: the day after it."""
    for mention, role in seen.days.roles:
        if role in ("past", "other", "since") or mention.first is None or mention.form == "today":
            continue
        assert mention.last is not None
        if mention.single or (
            mention.form == "week" and mention.modifier in ("next", "commencing") and not mention.part
        ):
            return _school_day(mention.first, calendar)
        if mention.form == "list":
            return _school_day(mention.first, calendar)
        return _school_day(mention.last + DAY, calendar)
    return None


def _present_children(seen: Reading, clauses: list[Clause], children: tuple[str, ...]) -> tuple[str, ...]:
    asked = seen.message.asked
    named: list[str] = []
    for hit in seen.signals.by.get("present", ()):
        for clause in clauses:
            if clause.first <= hit.first < clause.until and clause.children:
                named += [child for child in clause.children if child not in named]
    if named:
        return tuple(named)
    if asked is not None and asked.about:
        return asked.about
    return children
