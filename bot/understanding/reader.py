"""The reader: all layers over one message, put together into reports, a kind, and what to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.calendar import SchoolCalendar, local
from bot.understanding.certainty import ASK_BELOW
from bot.understanding.clauses import Clause, read_clauses
from bot.understanding.counted import refine
from bot.understanding.danger import read_danger
from bot.understanding.dates import Grammar, Mention, read_dates
from bot.understanding.dates.clock import Moment, read_times
from bot.understanding.dates.fallback import odd_dates
from bot.understanding.draft import correct
from bot.understanding.evidence import Reading, Signals
from bot.understanding.explain import trace_of
from bot.understanding.kind import decide_kind
from bot.understanding.language import in_english, mostly_english, read_language
from bot.understanding.normalise import plain, read_words
from bot.understanding.phrases import Hit
from bot.understanding.reports import planned_intent, read_reports, short_reports
from bot.understanding.signals import book, known_words, mended, read_signals
from bot.understanding.values import Message, Report, Understanding
from bot.understanding.when import default_role, first_day_unsaid, mark_inclusive, read_when
from bot.understanding.who import read_who
from bot.understanding.why import read_why


def understand(message: Message, calendar: SchoolCalendar) -> Understanding:
    """Read one message in its context. Pure; never raises for any text: what cannot be read goes to a person."""
    book()  # a broken data file must be seen, and never be taken for a message that nobody can read
    try:
        return _understand(message, calendar)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return Understanding(intent="question", ask=("confirm",))


def _understand(message: Message, calendar: SchoolCalendar) -> Understanding:
    now = local(message.sent_at)
    words = read_words(message.text)
    names = _names(message)
    language = read_language(words, names, message.asked is not None)
    english = not language or mostly_english(words)
    if not english:
        words = read_words(message.text, foreign=True)
    words, foreign = in_english(words, language, names)
    if english:
        words = mended(words, names)
    who = read_who(words, message.children, message.asked, known_words())
    refine(words, message.children, who)
    hits = read_signals(words, [(n.first, n.until) for n in who.named if "name" in n.how])
    hits = sorted({*hits, *foreign}, key=lambda hit: hit.first) if foreign else hits
    hits = [hit for hit in hits if not (hit.tag == "kind:late" and hit.phrase == "late" and _inside_reason(hit, hits))]
    grammar = Grammar(now.date(), now.hour + now.minute / 60, calendar)
    mentions = read_dates(who.line, grammar) or odd_dates(who.line, now.date())
    mark_inclusive(who.line, mentions)
    moments = read_times(
        who.line, now.time(), [(m.start, m.end) for m in mentions if m.form not in ("length", "part", "hours")]
    )
    clauses = read_clauses(words, who, hits)
    danger = read_danger(hits, words.texts)
    whole = [(0, len(words.texts))]
    why = read_why(words, who, hits, _about(clauses))
    if why.code is None:
        why = read_why(words, who, hits, whole)
    start = first_day_unsaid(message, now, calendar)
    days, times = read_when(
        who.line, mentions, moments, words, now, start, calendar, why, hits, whole, default_role(message)
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


def _answer(
    seen: Reading, intent: str, sure: float, clauses: list[Clause], mentions: list[Mention], moments: list[Moment],
    start: date,
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
        reports, ask = read_reports(seen, clauses, mentions, moments, start, calendar)
        intent = planned_intent(intent, reports, local(message.sent_at).date())
    elif intent in ("late", "return", "present", "missing", "cancel"):
        reports, ask = short_reports(seen, intent, clauses, start, calendar)
        if intent == "present":
            more, _ = (
                read_reports(seen, clauses, mentions, moments, start, calendar)
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
