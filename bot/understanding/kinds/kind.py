"""What kind of message it is: the likeliest kind by weights and network, within what must hold whatever they say."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from bot.understanding.dates import DAY, Mention
from bot.understanding.days.told_late import late_today, told_late
from bot.understanding.evidence import Reading
from bot.understanding.kinds.asks_first import only_asks_first, only_late_still, reports_another
from bot.understanding.kinds.asks_leave import asks_of_a_day_gone
from bot.understanding.kinds.coming_in import comes_all_the_same, sets_out_all_the_same, will_be_brought
from bot.understanding.kinds.idle import (
    A_SIGNATURE,
    TO_BE_READ_BACK,
    has_it_now,
    is_with_me,
    only_complains,
    only_excused,
    only_of_a_mark,
    only_weary,
    opens_with_ok,
    puts_us_off,
    says_of_return,
    says_with_me,
    tells,
    went_astray,
)
from bot.understanding.kinds.ill_besides import reports_before_a_disclosure
from bot.understanding.kinds.in_need import told_in_need
from bot.understanding.kinds.not_away import tells_of_no_absence
from bot.understanding.kinds.of_a_sibling import of_a_sibling
from bot.understanding.kinds.overslept import only_overslept
from bot.understanding.kinds.plainly import CERTAIN, HEARD_PLAINLY, cancels_an_absence, plain_kind
from bot.understanding.kinds.plainly_off import is_plainly_off
from bot.understanding.kinds.ran_off import is_caught
from bot.understanding.kinds.told_already import told_already
from bot.understanding.kinds.told_anew import told_anew
from bot.understanding.kinds.whereabouts import is_missing, is_of_a_sibling, is_present
from bot.understanding.learned.messages import Judged
from bot.understanding.reasons.held import reasons_held
from bot.understanding.words.signals import WEIGHTS

#: Kinds that are recorded, so that an unsure one is read back first.
RECORDED = frozenset(("absence", "leave", "late", "return", "cancel"))
#: Beside one of these signals a yes is none.
_NO_YES = ("reject", "lost", "present", "cancel", "wrong_number", "leaver")
#: From this probability on what a list hears no longer turns a kind that was learned into another one.
_SETTLED = 0.97
#: From this probability of an absence on, and this certainty of a reason, a question that reports is a report.
_REPORTED_TOO, _OWN_REASON = 0.3, 0.7
#: A message that is hardly a question or chat, perhaps an absence, and tells a reason that is all but certain, is one.
_IDLE, _HALF, _PERHAPS, _TOLD_WHY = frozenset(("question", "chat")), 0.5, 0.25, 0.9
#: How the phrases begin with which somebody tells that they saw the child off.
_SEEN_OFF = ("left for", "dropped", "i|we|dad", "walked", "watched", "saw", "waved")
_THOUGHT = frozenset(("thought", "assumed", "presumed", "figured", "assuming"))
#: How the phrases begin that tell when a child was seen last.
_LAST_SEEN = ("was ~5 when", "was ~4 up", "was ~3 getting")
#: Who has no child at all, or never heard of ours, is not the contact.
_NO_CHILD, _UNHEARD = ("do not have", "have no", "no children", "no kids"), ("never heard of",)
_CHILD = frozenset("child children kid kids son sons daughter daughters grandchild grandchildren grandkids".split())
#: Kinds that say where a child is, or that nobody knows.
_PLACES = frozenset(("present", "missing"))
#: Below this probability the kind of a message in a language that no list knows is left to a person.
_SURE_ABROAD = 0.95
#: Less sure than this, a stop that no list hears is a guess.
_A_GUESS = 0.35
#: From this probability on the weights hear harm that no list knows.
_FEARED = 0.4


_HURT = re.compile(
    r"\b(?:fell|fallen|c[ao]me off|tripped|slipped|crashed|knocked|hit by|hurt|cut|broke\w*|bumped|threw up|sick)\b"
    r".{0,40}\bon (?:(?:the|his|her|their|our) )?way\b"
)
_TREATED = re.compile(
    r"\b(?:a ?& ?e|a and e|hospital|clinic|minor injur\w*|casualty|urgent care|doctors?|gp|x ?rays?|ambulance)\b"
)


_NOT_FOR_US = re.compile(
    r"\b(?:wrong school|(?:was |were )?(?:meant|supposed to be|intended) for "
    r"(?:an ?other|someone else|\w+ (?:\w+ )?(?:school|nursery|college)))\b"
)


def kind_of(judged: Judged, seen: Reading) -> tuple[str, float]:
    """The likeliest kind, within what must hold whatever the weights say.

    Plain words that the child is at school, or that nobody knows where it is, go before all but certainty of the
    contrary; a yes or a no needs a question that it may answer, and only a yes without a but closes a read-back.
    """
    if (plainly := plain_kind(seen)) is not None:
        return plainly
    asked = seen.message.asked
    chances = _possible(judged, seen)
    kind, sure = max(chances.items(), key=lambda row: row[1])
    another = _another_reason(seen, chances.get("absence", 0.0)) or _another_child(seen) or _away_anew(seen)
    if kind == "return" and another:
        kind = "absence"
    if kind == "return" and not says_of_return(seen):
        signed = len(seen.words.texts) <= A_SIGNATURE and not tells(seen) and seen.language != "unknown"
        kind = "chat" if signed else "question" if asked is None else kind
    complained = kind == "chat" and sure < CERTAIN and seen.signals.has("complains")
    if complained or (kind == "return" and _only_asks(seen)):
        kind = "question"
    if kind == "question" and chances.get("absence", 0.0) >= _REPORTED_TOO and _reports_plainly(seen):
        kind = "absence"
    if kind == "question" and (is_plainly_off(seen) or reports_another(seen)):
        kind, sure = "absence", HEARD_PLAINLY
    feared = bool(seen.danger.hits) or judged.yes["safeguarding"] >= _FEARED
    if kind == "question" and feared and reports_before_a_disclosure(seen):
        kind, sure = "absence", HEARD_PLAINLY
    with_me = is_with_me(seen)
    stays = kind == "return" and with_me and not seen.signals.has_any("back", "late", "fine")
    if (kind in _IDLE and says_with_me(seen)) or (kind in _PLACES and with_me) or stays:
        kind, sure = "absence", HEARD_PLAINLY
    if kind == "late" and only_of_a_mark(seen):
        kind, sure = "question", HEARD_PLAINLY
    if kind == "late" and (in_need := told_in_need(seen)) is not None:
        kind, sure = in_need, HEARD_PLAINLY
    if kind == "late" and _hurt_on_the_way(seen):
        kind, sure = "absence", HEARD_PLAINLY
    if kind == "question" and _somebody_else(seen):
        kind = "wrong_number"
    if kind == "absence" and chances.get("leaver", 0.0) >= _PERHAPS and _has_left(seen):
        kind = "leaver"
    if kind in ("absence", "return") and (sibling := of_a_sibling(seen, kind)) is not None:
        return sibling, HEARD_PLAINLY
    asks = kind in RECORDED | {"help", "chat"} and only_asks_first(seen, kind)
    if asks or (kind in RECORDED and asks_of_a_day_gone(seen)):
        return "question", HEARD_PLAINLY
    if kind in (RECORDED | {"chat"}) - {"late"} and comes_all_the_same(seen):
        return ("chat" if kind == "chat" else "question"), HEARD_PLAINLY
    if kind == "absence" and (only_late_still(seen) or sets_out_all_the_same(seen)):
        return "late", HEARD_PLAINLY
    if kind == "present" and sure < CERTAIN and will_be_brought(seen):
        return "late", HEARD_PLAINLY
    if kind == "present" and is_of_a_sibling(seen):
        kind, sure = "question", HEARD_PLAINLY
    if kind in RECORDED and tells_of_no_absence(seen):
        kind, sure = "question", HEARD_PLAINLY
    if kind == "present" and (seen.signals.has("lost", "wherever") or _only_thought(seen)):
        kind = "missing"
    if kind == "missing" and sure < CERTAIN and is_caught(seen):
        kind, sure = "absence", HEARD_PLAINLY
    if kind in ("missing", "return") and _is_found(seen) and (kind == "missing" or _is_home(seen)):
        kind = "chat"
    absence = chances.get("absence", 0.0)
    if kind in _IDLE and sure < _HALF and absence >= _PERHAPS and _told_why(judged, seen):
        kind, sure = "absence", absence / (1 - sum(chances.get(idle, 0.0) for idle in _IDLE))
    if kind == "stop" and cancels_an_absence(seen):
        return "question", HEARD_PLAINLY
    if kind in ("chat", "return") and _takes_back(seen):
        return "cancel", HEARD_PLAINLY
    if kind == "return" and seen.why.code is not None and told_already(seen):
        return "question", HEARD_PLAINLY
    if kind == "cancel" and seen.why.code is not None:
        late = told_late(seen, local(seen.message.sent_at).date())  # "forgot to say why he was off on Monday. All good"
        kind, sure = ("absence", HEARD_PLAINLY) if late or told_anew(seen) or told_already(seen) else (kind, sure)
    if kind == "absence" and ((asked is not None and late_today(seen)) or only_overslept(seen, seen.why.code)):
        kind, sure = "late", HEARD_PLAINLY
    if kind == "chat" and seen.who.away and seen.why.code in ("I", "M"):
        kind, sure = "absence", HEARD_PLAINLY  # "all coming in bar Ben who has a cold"
    if puts_us_off(seen) or (kind == "absence" and went_astray(seen)):
        return "question", HEARD_PLAINLY  # nobody said that the child is ill, or on the way
    opened = kind == "absence" and asked is None and opens_with_ok(seen)
    if sure < _SETTLED and (kind == "chat" or opened) and has_it_now(seen):
        kind, sure = "absence", TO_BE_READ_BACK
    excused = seen.message.is_unasked and only_excused(seen)
    if kind in _IDLE | {"absence", "return"} and (only_weary(seen) or excused):
        kind, sure = "question", max(sure, HEARD_PLAINLY)
    if kind == "absence" and only_complains(seen):
        kind, sure = "question", HEARD_PLAINLY
    if kind == "question" and seen.signals.has("daunted"):
        kind, sure = "absence", HEARD_PLAINLY
    if (last := _last_seen(seen)) != "":
        return last, HEARD_PLAINLY
    if kind == "chat" and asked is None and seen.message.known and seen.signals.has("unknown_return"):
        kind = "return"
    where = "" if with_me or (kind == "chat" and _is_found(seen)) else _whereabouts(seen) or _denied_absence(seen)
    asks_back = kind == "question" and asked is not None and asked.kind in ("absence", "reason")
    another = kind == "other_parent"  # whoever else is to be asked, a child who is thought to be in school comes first
    unsure = sure < CERTAIN or asks_back or another or _says_only_where(seen) or _abroad(seen)
    if where and kind not in ("present", "missing") and unsure:
        return where, max(chances.get(where, 0.0), HEARD_PLAINLY)
    least = _SURE_ABROAD if kind in RECORDED else _HALF if kind == "chat" else 0.0
    if seen.language == "unknown" and sure < least:
        return "question", sure  # nobody here can read it: a person shall
    return kind, sure


def _only_thought(seen: Reading) -> bool:
    """ "His bed's empty, I assumed he'd gone to school": that was a guess, and nobody knows where he is."""
    return seen.signals.has("lost") and not _THOUGHT.isdisjoint(seen.words.texts)


def _possible(judged: Judged, seen: Reading) -> dict[str, float]:
    """The chance of each kind that the message can be: a yes or a no needs a question, and nobody stops by a guess."""
    asked = seen.message.asked
    chances = dict(judged.several["kind"])
    if asked is None or asked.kind != "confirm" or not _plain_yes(seen, chances.get("confirm", 0.0)):
        chances.pop("confirm", None)
    if asked is None or _only_unsure(seen) or _hardly_a_no(seen, chances.get("reject", 0.0)):
        chances.pop("reject", None)
    if not seen.signals.has("stop") and chances.get("stop", 0.0) < _A_GUESS:
        chances.pop("stop", None)  # nobody is cut off from the school's texts for a guess
    if asked is not None and not seen.signals.has("wrong_number") and chances.get("wrong_number", 0.0) < _HALF:
        chances.pop("wrong_number", None)  # nor is a family's number closed for one
    return chances


def _is_found(seen: Reading) -> bool:
    """ "She's home now, thanks for ringing round": unasked, thanks after a search."""
    home = any(hit.tag in ("context:home", "context:safe") for hit in seen.hits) or seen.signals.has("found")
    return home and seen.message.asked is None and seen.signals.has("thanks") and not seen.signals.has("lost", "not")


def _takes_back(seen: Reading) -> bool:
    """ "Sorry, wrong school, ignore me", after what we recorded: not to be asked when the child is back."""
    said = seen.days.roles or seen.times.roles or seen.why.code is not None
    another = seen.signals.has_any("fine", "present", "back", "late", "absent") or len(seen.who.named) > 0
    meant = seen.signals.has("cancel") or _NOT_FOR_US.search(seen.words.line) is not None
    return bool(seen.message.known) and seen.message.is_unasked and meant and not said and not another


def _is_home(seen: Reading) -> bool:
    """ "Back home now" after school is no return to school."""
    return seen.signals.has("found", "back home", "home") and not seen.days.roles and not seen.message.known


def _only_asks(seen: Reading) -> bool:
    """ "Did you get my message about Ella?": nothing of a day, nor of being back, in a question that we did not ask."""
    told = seen.signals.has_any("back", "absent", "present", "fine")
    silent = not seen.days.roles and not seen.times.roles and not told
    return seen.message.asked is None and silent and seen.signals.has("question") and "?" in seen.words.texts


def _somebody_else(seen: Reading) -> bool:
    """ "Who is this? I've had this number two years and don't know any of you": said twice over, to our question; or
    once, that they have no children, or never heard of ours.
    """
    hits = [hit for hit in seen.hits if hit.tag == "kind:wrong_number"]
    texts, asked = seen.words.texts, seen.message.asked
    twice = len({hit.first for hit in hits}) > 1
    no_child = any(hit.phrase.startswith(_NO_CHILD) and _CHILD & set(texts[hit.first : hit.until + 1]) for hit in hits)
    unknown = any(hit.phrase.startswith(_UNHEARD) for hit in hits) and bool(seen.who.named)
    said = twice or no_child or unknown
    return asked is not None and asked.kind == "absence" and said and seen.why.code in (None, "N")


def _has_left(seen: Reading) -> bool:
    """ "We have moved house, she doesn't go there any more": said twice over, and no day away."""
    places = {hit.first for hit in seen.hits if hit.tag == "kind:leaver"}
    return len(places) > 1 and not seen.days.roles and seen.why.code in (None, "N", "C")


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


def _away_anew(seen: Reading) -> bool:
    """ "Sick again, keep off until after half term": what we hold was over before today, and a reason is said."""
    known, today = seen.message.known, local(seen.message.sent_at).date()
    over = all(report.return_day is not None and report.return_day < today for report in known)
    ahead = seen.days.ret is not None and seen.days.ret > today
    return bool(known) and over and ahead and seen.message.asked is None and _plain_illness(seen)


def _plain_illness(seen: Reading) -> bool:
    strong = max(seen.why.scores.values(), default=0.0) >= WEIGHTS["usual"]
    return seen.why.code == "I" and strong and seen.why.certainty >= _OWN_REASON


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


def _hurt_on_the_way(seen: Reading) -> bool:
    """ "We are at A&E, she came off her bike on the way": the way is where it happened, and nobody is on it."""
    return _HURT.search(seen.words.line) is not None and _TREATED.search(seen.words.line) is not None


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
    yes = sure >= CERTAIN or signals.has("confirm") or signals.has("thanks")
    if not yes or any(signals.has(name) for name in _NO_YES):
        return False
    said = {draft.first_day, draft.return_day} if draft is not None else set()
    days = [mention for mention, role in seen.days.roles if role not in ("past", "other") and mention.first is not None]
    fit = all(said & {mention.first, mention.last} or mention.form == "today" for mention in days)
    return fit and not (draft is not None and any(_ends_otherwise(mention, draft.return_day) for mention in days))


def _ends_otherwise(mention: Mention, back: date | None) -> bool:
    """ "Yes, today and tomorrow", where we read back another return: no plain yes."""
    last = mention.last
    if mention.form != "list" or mention.single or last is None or back == last:
        return False
    return back is None or back < last or any((last + n * DAY).weekday() < 5 for n in range(1, (back - last).days))
