"""The reader: all layers over one message, put together into reports, a kind, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from attendance.absences import APPOINTMENT
from attendance.calendar import SchoolCalendar, local
from attendance.codes import is_unexplained
from attendance.policy.certainty import Certainty
from bot.understanding.asides import without_asides
from bot.understanding.children.clauses import Clause, read_clauses
from bot.understanding.children.people import read_people
from bot.understanding.children.sibling_aside import without_a_sibling
from bot.understanding.children.unsure_of import without_the_unsure
from bot.understanding.corrected import corrected, put_right
from bot.understanding.danger import read_danger
from bot.understanding.dates import Grammar, Mention, read_dates
from bot.understanding.dates.clock import Moment, read_times
from bot.understanding.dates.fallback import odd_dates
from bot.understanding.days.appointment_anew import appointment_anew
from bot.understanding.days.left_open import leaves_open
from bot.understanding.days.moved import another_return
from bot.understanding.days.school_days import on_or_after
from bot.understanding.days.told_besides import both_told, told_besides
from bot.understanding.days.when import default_role, first_day_unsaid, mark_inclusive, read_when
from bot.understanding.evidence import Reading, Signals
from bot.understanding.explain import trace_of, what_spoke
from bot.understanding.flags import flags
from bot.understanding.judging import Told, began, sent_on
from bot.understanding.kinds.bereaved import child_has_died, tells_of_a_death
from bot.understanding.kinds.coming_in import brought_in, comes_in
from bot.understanding.kinds.home_again import walked_out
from bot.understanding.kinds.idle import is_with_me, says_of_the_child
from bot.understanding.kinds.in_school import believed_elsewhere, without
from bot.understanding.kinds.kind import kind_of
from bot.understanding.kinds.overruled import RECORDED
from bot.understanding.kinds.own_harm import tells_of_own_harm
from bot.understanding.kinds.stays_home import stays_home
from bot.understanding.learned.features import of_message
from bot.understanding.learned.messages import Judged, judge_message, ready
from bot.understanding.learned.tokens import aligned
from bot.understanding.network.consulting import consult
from bot.understanding.places import ACCOUNTED, places_in
from bot.understanding.reasons.held import reasons_held
from bot.understanding.reasons.leaning import tells_nothing, without_another, without_its_own
from bot.understanding.reasons.likeliest import PLAIN_WORDS
from bot.understanding.reasons.whose_turn import without_whose_turn
from bot.understanding.reasons.why import read_why
from bot.understanding.reports import planned_intent, read_reports
from bot.understanding.values import Child, Message, Report, Seen, Understanding
from bot.understanding.words.courtesies import believed_without, without_courtesies
from bot.understanding.words.normalise import Words, read_words
from bot.understanding.words.openings import is_told_at_length, says_whose_parent, says_whose_sibling
from bot.understanding.words.phrases import Hit
from bot.understanding.words.signals import book, read_signals

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
#: Kinds with reports.
_WITH_REPORTS = frozenset(("absence", "late", "return", "present", "missing", "cancel"))

_DEFAULT = Certainty()
#: And what for of a child whom we expect later today, that it stays at home after all.
_STAYING = frozenset(("return", "absence", "chat", "question", "reject", "cancel"))
_EPOCH = datetime(2026, 9, 1, tzinfo=UTC)
#: What words may be taken for that say of a child that we hold to be away that it comes in.
_COMING = frozenset(("confirm", "return", "absence", "late", "chat", "question", "reject", "cancel"))
#: And that its appointment is on another day, or in the other half of its own.
_PUT_RIGHT = frozenset(("return", "absence", "chat", "question", "cancel", "late"))
#: What words may be taken for that put a half or a time right, and say no more.
_AN_ANSWER = frozenset(("reject", "chat", "question", "late"))
#: As the trace says it that the child comes in, or stays at home.
_PLAINLY = {"return": "comes in after all", "absence": "stays at home after all"}
#: An absence that would last longer is read back as a question before a term of marks follows from it.
_LONGEST = timedelta(days=60)

_STARTS = frozenset(("start", "unstop"))
#: What stands before a name.
_TITLED = (["mr"], ["mrs"], ["miss"], ["ms"])
#: How the phrases begin with which somebody tells that they have not got the child, or that another is to be asked.
_ASK_THEM = ("ask|",)
_THE_OTHERS = frozenset({"parent"})
_NOT_THEIRS = ("not with me", "do not have ~1 him", "not my", "not ~1 my")
"""A day beside one of these, or beside the other parent's home, is that on which whoever writes has the child again."""
_NOT_HERE = ("not with me", "have not ~2 got", "do not have ~1 him", "not my", "not ~1 my")


def understand(
    message: Message, calendar: SchoolCalendar, explain: bool = False, certainty: Certainty = _DEFAULT
) -> Understanding:
    """Read one message in its context. Pure; never raises for any text: what cannot be read goes to a person.

    `certainty`: how sure is sure enough, from the school's policy.
    `explain`: the answer carries the trace of what each layer saw and what spoke for it; it costs some 30 ms.
    """
    ready()
    book()  # a broken data file must be seen, and never be taken for a message that nobody can read
    try:
        return _understand(message, calendar, explain, certainty)
    except _FAULTS:
        return _unread(message)


def get_ready(calendar: SchoolCalendar) -> None:
    """Read all data, which takes half a second, so that the first message does not wait for it."""
    child = Child("c1", "Robin", "Doe", (), 5)
    understand(Message(_EPOCH, (child,), None, (), "Robin is ill today, back tomorrow at 10"), calendar)


def _unread(message: Message) -> Understanding:
    """A fault within: nothing is recorded, a person reads the message, and its danger is heard all the same."""
    try:
        words = read_words(message.text)
        danger = read_danger(read_signals(words), words.texts, _years(message))
    except _FAULTS:
        return Understanding("question", urgent=True, ask=("confirm",))
    return Understanding("question", (), danger.now, danger.safeguarding, ("confirm",))


@dataclass(frozen=True, slots=True)
class Look:
    """All that the layers see in a message, before anything is decided. `start` is the first day when none is said."""

    reading: Reading
    clauses: list[Clause]
    mentions: list[Mention]
    moments: list[Moment]
    start: date


def _understand(
    message: Message, calendar: SchoolCalendar, explain: bool, certainty: Certainty = _DEFAULT
) -> Understanding:
    looked = look(message, calendar)
    if not any(text[0].isalnum() and text != "emoji" for text in looked.reading.words.texts):
        return Understanding("chat")
    if set(looked.reading.words.texts) <= _STARTS:
        return Understanding("chat")  # the provider's word for being written to again
    if (alone := without_a_sibling(looked.reading) or without_asides(looked.reading)) is not None:
        return _understand(alone, calendar, explain, certainty)
    seen = replace(looked.reading, opinion=consult(looked.reading, calendar))
    tokens = aligned(seen)
    things = of_message(seen, tokens, calendar)
    judged = judge_message(things, opinion=seen.opinion)
    told = Told(seen, tokens, judged, looked.clauses, looked.start, calendar, certainty.ask_below)
    kind = kind_of(judged, seen)
    plain = _comes_or_stays(seen, kind.name, calendar)
    intent, reports, ask = _reported(told, kind.name) if plain is None else (plain[0], (plain[1],), set())
    if plain is None:
        if (anew := _read_without(seen, intent, reports, calendar, explain, certainty)) is not None:
            return anew
        if (besides := _told_besides(seen, intent, reports, calendar, certainty)) is not None:
            intent, reports, ask = besides
    elif intent == "absence" and (reports[0].session, reports[0].return_day) == ("day", None) and not _is_seen(reports):
        ask.add("return")
    sure = kind.sure if plain is None else 1.0
    reports, ask = _asked(told, intent, sure, reports, ask, certainty)
    urgent, safeguarding = flags(told, kind.name if plain is None else intent, intent, certainty)
    trace: tuple[Seen, ...] = ()
    if explain:
        raised = [name for name, up in (("urgent", urgent), ("safeguarding", safeguarding)) if up]
        judgement = kind.name if plain is None else intent
        reason = judged.best("reason")[0] if judgement == "absence" else None
        spoke = what_spoke(judged, things, judgement, reason, raised, seen, calendar)
        trace = trace_of(seen, intent, sure, spoke, kind.rules if plain is None else (_PLAINLY[intent],))
    return Understanding(
        intent,
        reports,
        urgent,
        safeguarding,
        tuple(field for field in ("child", "reason", "dates", "return", "confirm") if field in ask),
        _is_doubted(judged, seen, certainty),
        began(told, reports) if intent == "absence" else None,
        says_of_the_child(seen),
        trace,
    )


def _is_seen(reports: tuple[Report, ...]) -> bool:
    """By a doctor or a dentist: an appointment is over on its own day."""
    return all(report.code == APPOINTMENT for report in reports)


def _comes_or_stays(seen: Reading, kind: str, calendar: SchoolCalendar) -> tuple[str, Report] | None:
    """What plain words say of what we hold: the child comes in, or stays at home, or its appointment is another day."""
    if kind in _COMING and (coming := comes_in(seen)) is not None:
        return "return", coming
    if kind in _STAYING and (staying := stays_home(seen, calendar)) is not None:
        return "absence", staying
    if kind in _PUT_RIGHT and (anew := appointment_anew(seen, calendar)) is not None:
        return "absence", anew
    return None


def _read_without(
    seen: Reading,
    intent: str,
    reports: tuple[Report, ...],
    calendar: SchoolCalendar,
    explain: bool,
    certainty: Certainty,
) -> Understanding | None:  # fmt: skip
    """The same message without words that are of somebody else, or that make its reason another; None for most."""
    if intent == "absence" and (alone := without_the_unsure(seen)) is not None:
        anew, danger = _understand(alone, calendar, explain, certainty), seen.danger
        return replace(anew, urgent=anew.urgent or danger.now, safeguarding=anew.safeguarding or danger.safeguarding)
    if intent == "absence" and (alone := without_whose_turn(seen, reports)) is not None:
        return _understand(alone, calendar, explain, certainty)
    if (alone := without_another(seen, intent, reports)) is not None:
        return _understand(alone, calendar, explain, certainty)
    if (alone := without_its_own(seen, intent, reports)) is not None:
        anew = _understand(alone, calendar, explain, certainty)
        return anew if tells_nothing(anew) else None
    if (bare := without_courtesies(seen, intent, reports)) is not None:
        anew = _understand(bare, calendar, explain, certainty)
        return anew if believed_without(intent, anew) else None
    return None


def _asked(
    told: Told, intent: str, sure: float, reports: tuple[Report, ...], ask: set[str], certainty: Certainty
) -> tuple[tuple[Report, ...], set[str]]:
    """The reports, and what has to be asked about them. Nobody is asked when a child who has died is back."""
    seen = told.seen
    if intent == "absence" and child_has_died(seen):
        reports, ask = tuple(replace(report, code="N") for report in reports), set()
    elif intent == "absence" and walked_out(seen):
        reports, ask = tuple(replace(report, code="N") for report in reports), ask - {"reason"}
    elif tells_of_a_death(seen) and all(one.first_day == sent_on(told) for one in reports):
        ask = ask - {"return"}
    unsure = intent in RECORDED and sure < certainty.ask_below.kind
    long = intent == "absence" and any(map(_lasts_long, reports))
    cut = seen.words.cut and bool(reports)
    if cut or unsure or long or (intent in ("absence", "leave") and leaves_open(seen, reports)):
        ask = ask | {"confirm"}
    return reports, ask


def _is_doubted(judged: Judged, seen: Reading, certainty: Certainty) -> bool:
    """A pupil seems to write on the parent's phone."""
    by_a_parent = says_whose_parent(seen) or is_told_at_length(seen)
    pupil = judged.yes["pupil"] >= certainty.pupil and not by_a_parent
    return pupil or says_whose_sibling(seen) or tells_of_own_harm(seen)


def _told_besides(
    seen: Reading, intent: str, reports: tuple[Report, ...], calendar: SchoolCalendar, certainty: Certainty
) -> tuple[str, tuple[Report, ...], set[str]] | None:
    """Two absences that are told in one message, each read alone; None where the words tell one, or where both were
    read already.
    """
    children = [child for report in reports for child in report.children]
    read_already = len(children) > len(set(children))
    if intent not in ("absence", "leave", "return", "late"):
        return None
    for now, then in told_besides(seen):
        first, second = (_understand(one, calendar, False, certainty) for one in (now, then))
        both = both_told(first, second, local(seen.message.sent_at).date())
        if both is not None:
            more = sum(len(one.children) for one in both.reports) > len(children)
            return None if read_already and not more else (both.intent, both.reports, set(both.ask))
    return None


def _lasts_long(report: Report) -> bool:
    """Longer than any illness or trip of the labelled sets: more likely another month was meant."""
    first, back = report.first_day, report.return_day
    return first is not None and back is not None and back - first > _LONGEST


def _reported(told: Told, kind: str) -> tuple[str, tuple[Report, ...], set[str]]:
    """The intent, its reports and what to ask about."""
    asked = told.seen.message.asked
    read_back = told.seen.message.read_back is not None
    if read_back and kind in _AN_ANSWER and (anew := put_right(told, kind)) is not None:
        return "absence", (anew,), set()
    if kind not in _WITH_REPORTS:
        return kind, (), set()
    held = [one for one in told.seen.message.known if one.return_day is not None]
    if asked is None and kind == "return" and len(held) == 1 and (returns := another_return(told, held[0])) is not None:
        return "return", returns, set()
    if read_back and kind in ("absence", "return"):
        kind, reports, ask = corrected(told, kind)
        return planned_intent(kind, reports, sent_on(told)) if kind == "absence" else kind, reports, ask
    reports, ask = read_reports(told, kind)
    if kind in ("absence", "late", "return") and (elsewhere := believed_elsewhere(told, reports)) is not None:
        others = without(reports, elsewhere[1].children[0])
        asking = ask if any(is_unexplained(report.code) for report in others) else ask - {"reason"}
        return elsewhere[0], (elsewhere[1], *others), asking
    if kind == "late" and any(report.code is not None for report in reports):
        kind = "absence"  # "Nell is hot, Ike can come but will be late"
        reports, ask = read_reports(told, kind)
    if kind in ("absence", "return") and (brought := brought_in(told.seen)):
        comes = tuple(Report((child,), return_day=sent_on(told)) for child in brought)
        others = _told_anew(told, tuple(one for one in reports if not set(one.children) <= set(brought)), brought)
        still_ill = any(one.code == "I" and one.return_day is None for one in others)
        return kind if others else "return", (*comes, *others), ask if still_ill else ask - {"return"}
    if kind == "absence":
        kind = planned_intent(kind, reports, sent_on(told))
    if kind == "absence" and reports and all(report.code is None for report in reports):
        kind = "return" if any(report.return_day for report in reports) else "late"
    if kind in RECORDED and _only_a_closed_day(told):
        return "question", (), set()
    if kind == "absence" and not is_with_me(told.seen) and _has_not_got_the_child(told, reports):
        return "other_parent", (), set()
    return kind, reports, ask


def _told_anew(told: Told, reports: tuple[Report, ...], brought: tuple[str, ...]) -> tuple[Report, ...]:
    """What the same words say of the others; without a day, a time or another reason it stays as it is held."""
    message = told.seen.message
    held, away = reasons_held(message), {child for one in message.known for child in one.children}
    same = not told.seen.days.roles and not told.seen.times.roles
    same = same and all(one.code in held and set(one.children) <= away for one in reports)
    for child in brought:
        reports = without(reports, child)
    return () if same else reports


def _has_not_got_the_child(told: Told, reports: tuple[Report, ...]) -> bool:
    """ "He is not with me" gives no reason, and is no report: somebody else has to be asked, at once."""
    signals, asked = told.seen.signals, told.seen.message.asked
    waiting, places = asked is not None and asked.kind == "absence", places_in(told.seen.words.line)
    at_theirs = waiting and places.says(_THE_OTHERS) and not places.names(ACCOUNTED)
    custody = at_theirs or (waiting and signals.has("other_parent", *_NOT_THEIRS))
    unexplained = all(report.code == "N" and (custody or report.return_day is None) for report in reports)
    asks = signals.has("other_parent", *_ASK_THEM) and not signals.has("absent")
    return unexplained and (asks or at_theirs or signals.has("other_parent", *_NOT_HERE))


def _only_a_closed_day(told: Told) -> bool:
    """ "She has a match on Saturday, is the coach booked?": a day ahead on which nobody is expected, and no word of
    being away or of an illness, is nothing to be recorded, least of all for the school day nearest to it.
    """
    seen, days = told.seen, [mention for mention, _ in told.seen.days.roles]
    if seen.message.asked is not None or not days or not all(_is_closed_ahead(day, told) for day in days):
        return False
    away = seen.signals.has_any("absent", "back", "late") or seen.times.roles
    reason = max(seen.why.scores.values(), default=0.0) >= PLAIN_WORDS and not seen.signals.has("question")
    return not away and not reason


def _is_closed_ahead(day: Mention, told: Told) -> bool:
    if day.first is None or day.first != day.last or day.first <= sent_on(told):
        return False
    return on_or_after(day.first, told.calendar) not in (None, day.first)


def look(message: Message, calendar: SchoolCalendar) -> Look:
    """Put all layers over one message."""
    now = local(message.sent_at)
    people = read_people(message)
    words, foreign, language, who = people.words, people.foreign, people.language, people.who
    hits = read_signals(words, [(n.first, n.until) for n in who.named if "name" in n.how])
    hits = sorted({*hits, *foreign}, key=lambda hit: hit.first) if foreign else hits
    hits = [hit for hit in hits if not (hit.tag == "kind:late" and hit.phrase == "late" and _inside_reason(hit, hits))]
    hits = [hit for hit in hits if not _in_a_name(hit, words)]
    grammar = Grammar(now.date(), now.hour + now.minute / 60, calendar)
    mentions = read_dates(who.line, grammar) or odd_dates(who.line, now.date())
    mark_inclusive(who.line, mentions)
    moments = read_times(
        who.line, now.time(), [(m.start, m.end) for m in mentions if m.form not in ("length", "part", "hours")]
    )
    clauses = read_clauses(words, who, hits)
    danger = read_danger(hits, words.texts, _years(message))
    whole = [(0, len(words.texts))]
    why = read_why(words, who, hits, _about(clauses))
    if why.code is None:
        why = read_why(words, who, hits, whole)
    start = first_day_unsaid(message, now, calendar)
    days, times = read_when(
        who.line, mentions, moments, words, now, start, calendar, why, hits, whole, default_role(message)
    )
    seen = Reading(message, words, tuple(hits), Signals.of(hits), who, why, days, times, danger, language)
    return Look(seen, clauses, mentions, moments, start)


def _inside_reason(hit: Hit, hits: list[Hit]) -> bool:
    """ "the late kick off": the word is part of a reason, and says nothing about arriving."""
    return any(
        why.tag.startswith("why:") and why.first <= hit.first and hit.until <= why.until and why.until - why.first > 1
        for why in hits
    )


def _in_a_name(hit: Hit, words: Words) -> bool:
    """ "Mrs Osgood": what follows a title is somebody's name, and no illness."""
    return hit.tag.startswith("why:") and words.texts[hit.first - 1 : hit.first] in _TITLED


def _years(message: Message) -> tuple[int, ...]:
    return tuple(child.year for child in message.children)


def _about(clauses: list[Clause]) -> list[tuple[int, int]]:
    return [(clause.first, clause.until) for clause in clauses if not clause.well]
