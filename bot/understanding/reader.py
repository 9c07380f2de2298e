"""The reader: all layers over one message, put together into reports, a kind, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from attendance.calendar import SchoolCalendar, local
from attendance.policy.certainty import Certainty
from bot.understanding.clauses import Clause, read_clauses
from bot.understanding.danger import read_danger
from bot.understanding.dates import Grammar, Mention, read_dates
from bot.understanding.dates.clock import Moment, read_times
from bot.understanding.dates.fallback import odd_dates
from bot.understanding.evidence import Reading, Signals
from bot.understanding.explain import trace_of, what_spoke
from bot.understanding.held import reasons_held
from bot.understanding.idle import (
    A_SIGNATURE,
    TO_BE_READ_BACK,
    has_it_now,
    only_excused,
    only_weary,
    says_of_return,
    tells,
)
from bot.understanding.in_school import believed_elsewhere
from bot.understanding.judging import Told, sent_on
from bot.understanding.learned.features import of_message
from bot.understanding.learned.messages import Judged, judge_message, ready
from bot.understanding.learned.tokens import aligned
from bot.understanding.network import consult
from bot.understanding.normalise import Words, read_words
from bot.understanding.openings import only_opens, says_whose_parent
from bot.understanding.people import read_people
from bot.understanding.phrases import Hit
from bot.understanding.reports import corrected, planned_intent, read_reports
from bot.understanding.signals import WEIGHTS, book, read_signals
from bot.understanding.values import Child, Message, Report, Understanding
from bot.understanding.when import default_role, first_day_unsaid, mark_inclusive, read_when
from bot.understanding.whereabouts import is_missing, is_present
from bot.understanding.why import read_why

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
#: Kinds with reports, and those of them that are recorded, so that an unsure one is read back first.
_WITH_REPORTS = frozenset(("absence", "late", "return", "present", "missing", "cancel"))
_RECORDED = frozenset(("absence", "leave", "late", "return", "cancel"))

_DEFAULT = Certainty()
_EPOCH = datetime(2026, 9, 1, tzinfo=UTC)
#: Somebody who tells that a child is on the way is calm: alone the weights must be surer of danger there.
_WITHOUT_DANGER, _CALM = frozenset(("late", "return", "wrong_number", "other_parent", "chat")), 0.6
#: What the danger layer heard raises a flag unless weights and network are as sure as this of the contrary; somebody
#: who is looked for ("ringing round") is told of in many ways, and there they need not be so sure.
_HEARD, _LOOKED_FOR = 0.0015, 0.03

_STARTS = frozenset(("start", "unstop"))
_NO = frozenset(("no", "nope", "nah"))
#: What stands before a name.
_TITLED = (["mr"], ["mrs"], ["miss"], ["ms"])
#: Beside one of these signals a yes is none.
_NO_YES = ("reject", "lost", "present", "cancel", "wrong_number", "leaver")
#: From this probability on the weights are believed against plain words of where the child is, and how sure those are.
_CERTAIN, _HEARD_PLAINLY = 0.85, 0.7
#: From this probability of an absence on, and this certainty of a reason, a question that reports is a report.
_REPORTED_TOO, _OWN_REASON = 0.3, 0.7
#: A message that is hardly a question or chat, perhaps an absence, and tells a reason that is all but certain, is one.
_IDLE, _HALF, _PERHAPS, _TOLD_WHY = frozenset(("question", "chat")), 0.5, 0.25, 0.9
#: How the phrases begin with which somebody tells that they have not got the child.
_NOT_HERE = ("not with me", "have not ~2 got", "do not have ~1 him")
#: How the phrases begin with which somebody tells that they saw the child off.
_SEEN_OFF = ("left for", "dropped", "i|we|dad", "walked", "watched", "saw", "waved")
#: How the phrases begin that tell when a child was seen last.
_LAST_SEEN = ("was ~5 when", "was ~4 up", "was ~3 getting")
#: Below this probability the kind of a message in a language that no list knows is left to a person.
_SURE_ABROAD = 0.95
#: Less sure than this, a stop that no list hears is a guess.
_A_GUESS = 0.35


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
    seen = replace(looked.reading, opinion=consult(looked.reading, calendar))
    tokens = aligned(seen)
    things = of_message(seen, tokens, calendar)
    judged = judge_message(things, opinion=seen.opinion)
    told = Told(seen, tokens, judged, looked.clauses, looked.start, calendar, certainty.ask_below)
    kind, sure = _kind(judged, seen)
    intent, reports, ask = _reported(told, kind)
    if seen.words.cut and reports:
        ask.add("confirm")
    if intent in _RECORDED and sure < certainty.ask_below.kind:
        ask.add("confirm")
    danger = seen.danger
    least = max(certainty.urgent, _CALM) if kind in _WITHOUT_DANGER else certainty.urgent
    urgent = intent in ("present", "missing") or _raised(judged.yes["urgent"], least, seen, danger.now)
    safeguarding = _raised(judged.yes["safeguarding"], certainty.safeguarding, seen, danger.safeguarding)
    raised = [name for name, up in (("urgent", urgent), ("safeguarding", safeguarding)) if up]
    reason = judged.best("reason")[0] if kind == "absence" else None
    return Understanding(
        intent,
        reports,
        urgent,
        safeguarding,
        tuple(field for field in ("child", "reason", "dates", "return", "confirm") if field in ask),
        judged.yes["pupil"] >= certainty.pupil and not says_whose_parent(seen),
        trace_of(seen, intent, sure, what_spoke(judged, things, kind, reason, raised, seen, calendar))
        if explain
        else (),
    )


def _raised(chance: float, least: float, seen: Reading, heard: bool) -> bool:
    """A flag is raised by the weights, or by the danger layer unless the weights are all but certain of the contrary.

    Words that are plain by themselves ("wants to kill himself") are not weighed: nobody shall be missed for a sum.
    """
    plainly = any(hit.tag.endswith((":sure", ":now")) for hit in seen.danger.hits)
    sought = all(hit.tag.startswith("danger:missing:") for hit in seen.danger.hits)
    return chance >= least or (heard and (plainly or chance >= (_LOOKED_FOR if sought else _HEARD)))


def _kind(judged: Judged, seen: Reading) -> tuple[str, float]:
    """The likeliest kind, within what must hold whatever the weights say.

    Plain words that the child is at school, or that nobody knows where it is, go before all but certainty of the
    contrary; a yes or a no needs a question that it may answer, and only a yes without a but closes a read-back.
    """
    asked = seen.message.asked
    if _bare_no(seen):
        return "reject", _HEARD_PLAINLY
    if only_opens(seen):
        return ("absence" if asked is not None and asked.kind == "absence" and seen.who.named else "chat"), _CERTAIN
    chances = dict(judged.several["kind"])
    if asked is None or asked.kind != "confirm" or not _plain_yes(seen, chances.get("confirm", 0.0)):
        chances.pop("confirm", None)
    if asked is None or _only_unsure(seen) or _hardly_a_no(seen, chances.get("reject", 0.0)):
        chances.pop("reject", None)
    if not seen.signals.has("stop") and chances.get("stop", 0.0) < _A_GUESS:
        chances.pop("stop", None)  # nobody is cut off from the school's texts for a guess
    kind, sure = max(chances.items(), key=lambda row: row[1])
    if kind == "return" and (_another_reason(seen, chances.get("absence", 0.0)) or _another_child(seen)):
        kind = "absence"
    if kind == "return" and not says_of_return(seen):
        signed = len(seen.words.texts) <= A_SIGNATURE and not tells(seen) and seen.language != "unknown"
        kind = "chat" if signed else "question" if asked is None else kind
    complained = kind == "chat" and sure < _CERTAIN and seen.signals.has("complains")
    if complained or (kind == "return" and _only_asks(seen)):
        kind = "question"
    if kind == "question" and chances.get("absence", 0.0) >= _REPORTED_TOO and _reports_plainly(seen):
        kind = "absence"
    if kind == "question" and _somebody_else(seen):
        kind = "wrong_number"
    absence = chances.get("absence", 0.0)
    if kind in _IDLE and sure < _HALF and absence >= _PERHAPS and _told_why(judged, seen):
        kind, sure = "absence", absence / (1 - sum(chances.get(idle, 0.0) for idle in _IDLE))
    if kind == "chat" and has_it_now(seen):
        kind, sure = "absence", TO_BE_READ_BACK
    if kind in _IDLE | {"absence"} and (only_weary(seen) or (asked is None and only_excused(seen))):
        kind, sure = "question", max(sure, _HEARD_PLAINLY)
    if (last := _last_seen(seen)) != "":
        return last, _HEARD_PLAINLY
    where = _whereabouts(seen) or _denied_absence(seen)
    if where and kind not in ("present", "missing") and (sure < _CERTAIN or _says_only_where(seen) or _abroad(seen)):
        return where, max(chances.get(where, 0.0), _HEARD_PLAINLY)
    least = _SURE_ABROAD if kind in _RECORDED else _HALF if kind == "chat" else 0.0
    if seen.language == "unknown" and sure < least:
        return "question", sure  # nobody here can read it: a person shall
    return kind, sure


def _only_asks(seen: Reading) -> bool:
    """ "Did you get my message about Ella?": nothing of a day, nor of being back, in a question that we did not ask."""
    told = seen.signals.has_any("back", "absent", "present", "fine")
    silent = not seen.days.roles and not seen.times.roles and not told
    return seen.message.asked is None and silent and seen.signals.has("question") and "?" in seen.words.texts


def _somebody_else(seen: Reading) -> bool:
    """ "Who is this? I've had this number two years and don't know any of you": said twice over, to our question."""
    places = {hit.first for hit in seen.hits if hit.tag == "kind:wrong_number"}
    asked = seen.message.asked
    return asked is not None and asked.kind == "absence" and len(places) > 1 and seen.why.code in (None, "N")


def _told_why(judged: Judged, seen: Reading) -> bool:
    """A reason stands in plain words, or is all but certain."""
    code, sure = judged.best("reason")
    plainly = seen.why.code not in (None, "N") and seen.why.certainty >= _OWN_REASON
    return plainly or (code != "N" and sure >= _TOLD_WHY)


def _another_child(seen: Reading) -> bool:
    """ "Sorry no, I meant Ella": a correction of the child of what we read back, in which no day is said."""
    asked = seen.message.asked
    if asked is None or asked.kind != "confirm" or asked.draft is None or seen.days.roles:
        return False
    return any(
        one.certainty >= _OWN_REASON and not set(one.children) & set(asked.draft.children) for one in seen.who.named
    )


def _bare_no(seen: Reading) -> bool:
    """ "NO" to what we read back, or to the question for the day of return, which says "reply NO if it is wrong"."""
    asked, words = seen.message.asked, {text for text in seen.words.texts if text[0].isalnum()}
    return asked is not None and asked.kind in ("return", "confirm") and bool(words) and words <= _NO


def _reports_plainly(seen: Reading) -> bool:
    """A plain reason and a day away: a report with a question attached is the report (contract)."""
    return seen.why.certainty >= _OWN_REASON and any(role == "absent" for _, role in seen.days.roles)


def _another_reason(seen: Reading, absence: float) -> bool:
    """A plain reason that is not the one we hold: "back on the 26th, we are flying to Spain" is no mere return."""
    message, why = seen.message, seen.why
    plain = why.code not in (None, "N", "M") and max(why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    held = reasons_held(message) - {None}
    asked = message.asked is not None and absence < _REPORTED_TOO
    return bool(held) and plain and why.code not in held and not asked


def _only_unsure(seen: Reading) -> bool:
    """ "Don't know" takes nothing back."""
    return seen.signals.has("unknown_return") and not seen.signals.has("reject")


def _hardly_a_no(seen: Reading, sure: float) -> bool:
    """ "This is ridiculous": without a word of no, what was recorded is not taken back for a guess."""
    return sure < _HALF and not seen.signals.has("reject")


def _whereabouts(seen: Reading) -> str:
    """What the lists hear of where the child is: present, missing, or nothing."""
    told = seen.why.code not in (None, "N") and seen.why.certainty >= 0.5
    strong = told and max(seen.why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    if is_missing(seen, strong):
        return "missing"
    return "present" if is_present(seen, strong) else ""


def _says_only_where(seen: Reading) -> bool:
    """ "She left for school at eight as usual", to why she is away or when she is back: neither is told, nor a return.

    However sure the weights are of the answer that we asked for: a child who is thought to be in school is looked for.
    To which child is away it is said of the only one that is named ("Kenny. Lily is in" names two).
    """
    asked = seen.message.asked
    if asked is None or seen.why.code not in (None, "N") or seen.days.roles or seen.signals.has("back"):
        return False
    only_one = len({child for name in seen.who.named for child in name.children}) == 1
    gone = seen.signals.has("present", *_SEEN_OFF)
    return asked.kind in ("reason", "return") or (asked.kind == "child" and only_one and gone)


def _last_seen(seen: Reading) -> str:
    """ "He was still in bed when I left for work", to why he is away: nobody knows where he is now. "He was fine when I
    left him at the childminder's": he is thought to be in school.

    A plain illness or a time to come in is said for itself; the "left" of these words is the parent's own.
    """
    asked, signals = seen.message.asked, seen.signals
    if asked is None or asked.kind not in ("absence", "reason") or not signals.has("lost", *_LAST_SEEN):
        return ""
    plainly = max(seen.why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    comes = signals.has_any("late", "back", "with_me") or any(part != "other" for _, part in seen.times.roles)
    if plainly or comes:
        return ""
    seen_off = any(not hit.phrase.startswith("left ~1") for hit in signals.by.get("present", ()))
    return "present" if seen_off else "missing"


def _abroad(seen: Reading) -> bool:
    """No reason and no day, in words of another language: the weights learned English and are sure of anything."""
    return seen.language not in ("", "unknown") and seen.why.code in (None, "N") and not seen.days.roles


def _denied_absence(seen: Reading) -> str:
    """ "No, he got on the bus at eight": a no to the absence that we read back, and where the child is instead."""
    asked = seen.message.asked
    said = asked is not None and asked.kind == "confirm" and seen.signals.has("reject") and seen.signals.has("present")
    return "present" if said and seen.why.code is None and not seen.days.roles else ""


def _plain_yes(seen: Reading, sure: float) -> bool:
    """A yes, an ok or a thumb, or other words that are all but certain, and nothing that the read-back lacks."""
    signals, asked = seen.signals, seen.message.asked
    draft = asked.draft if asked is not None else None
    yes = sure >= _CERTAIN or signals.has("confirm") or signals.has("thanks")
    if not yes or any(signals.has(name) for name in _NO_YES):
        return False
    said = {draft.first_day, draft.return_day} if draft is not None else set()
    days = [mention for mention, role in seen.days.roles if role not in ("past", "other") and mention.first is not None]
    return all(said & {mention.first, mention.last} or mention.form == "today" for mention in days)


def _reported(told: Told, kind: str) -> tuple[str, tuple[Report, ...], set[str]]:
    """The intent, its reports and what to ask about."""
    if kind not in _WITH_REPORTS:
        return kind, (), set()
    asked = told.seen.message.asked
    read_back = asked is not None and asked.kind == "confirm" and asked.draft is not None
    if read_back and kind in ("absence", "return"):
        kind, reports, ask = corrected(told, kind)
        return planned_intent(kind, reports, sent_on(told)) if kind == "absence" else kind, reports, ask
    reports, ask = read_reports(told, kind)
    if kind in ("absence", "late", "return") and (elsewhere := believed_elsewhere(told, reports)) is not None:
        return elsewhere[0], (elsewhere[1], *reports), ask
    if kind == "absence":
        kind = planned_intent(kind, reports, sent_on(told))
    if kind == "absence" and reports and all(report.code is None for report in reports):
        kind = "late"
    if kind == "absence" and _has_not_got_the_child(told, reports):
        return "other_parent", (), set()
    return kind, reports, ask


def _has_not_got_the_child(told: Told, reports: tuple[Report, ...]) -> bool:
    """ "He is not with me" gives no reason, and is no report: somebody else has to be asked, at once."""
    unexplained = all(report.code == "N" and report.return_day is None for report in reports)
    return unexplained and told.seen.signals.has("other_parent", *_NOT_HERE)


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
