"""What plain words make of the kind that weights and network find likeliest: one table of rules, gone through in order.

Each rule says of which kinds it is asked, what it listens for and what it makes of the message. Those behind it see
what it made, unless it has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from attendance.calendar import local
from bot.understanding.days.told_late import late_today, told_late
from bot.understanding.evidence import Reading
from bot.understanding.kinds.after_an_event import comes_after_an_event
from bot.understanding.kinds.asks_first import only_asks_first, only_late_still, reports_another
from bot.understanding.kinds.asks_leave import asks_of_a_day_gone
from bot.understanding.kinds.called_off import needs_no_day_off
from bot.understanding.kinds.coming_in import comes_all_the_same, sets_out_all_the_same, will_be_brought
from bot.understanding.kinds.has_left import has_left
from bot.understanding.kinds.home_again import home_by_itself
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
from bot.understanding.kinds.jabbed import only_had_a_jab
from bot.understanding.kinds.not_away import tells_of_no_absence
from bot.understanding.kinds.not_ours import is_somebody_else
from bot.understanding.kinds.of_a_sibling import of_a_sibling
from bot.understanding.kinds.one_and_another import one_is_ill, one_is_only_late
from bot.understanding.kinds.overslept import only_overslept
from bot.understanding.kinds.plainly import CERTAIN, HEARD_PLAINLY, cancels_an_absence
from bot.understanding.kinds.plainly_off import is_plainly_off
from bot.understanding.kinds.ran_off import is_caught
from bot.understanding.kinds.reported_too import (
    REPORTED_TOO,
    is_away_anew,
    means_another_child,
    reports_plainly,
    tells_another_reason,
    tells_why,
    tells_why_instead,
    was_hurt_on_the_way,
)
from bot.understanding.kinds.scolding import wants_no_texts
from bot.understanding.kinds.told_already import told_already
from bot.understanding.kinds.told_anew import told_anew
from bot.understanding.kinds.told_where import (
    denies_the_absence,
    heard_where,
    is_found,
    is_home_again,
    last_seen,
    only_lost,
    only_thought,
    says_only_where,
    will_not_go_in,
)
from bot.understanding.kinds.whereabouts import is_claimed, is_of_a_sibling, seeks_it
from bot.understanding.learned.messages import Judged

#: Kinds that are recorded, so that an unsure one is read back first.
RECORDED = frozenset(("absence", "leave", "late", "return", "cancel"))
#: Kinds that tell nothing of a child, and kinds that say where a child is, or that nobody knows.
_IDLE, _PLACES = frozenset(("question", "chat")), frozenset(("present", "missing"))
#: From this probability on what a list hears no longer turns a kind that was learned into another one.
_SETTLED = 0.97
#: A message that is hardly a question or chat, perhaps an absence, and tells a reason that is all but certain, is one.
_HALF, _PERHAPS = 0.5, 0.25
#: Below this probability the kind of a message in a language that no list knows is left to a person.
_SURE_ABROAD = 0.95
#: From this probability on the weights hear harm that no list knows.
_FEARED = 0.4
_NOT_FOR_US = re.compile(
    r"\b(?:wrong school|(?:was |were )?(?:meant|supposed to be|intended) for "
    r"(?:an ?other|someone else|\w+ (?:\w+ )?(?:school|nursery|college)))\b"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The kind as it stands, how sure it is (0 to 1), the chance of each kind, and what the rules look at.

    `rules`: the names of those that made it what it is, in order.
    """

    kind: str
    sure: float
    chances: Mapping[str, float]
    judged: Judged
    seen: Reading
    rules: tuple[str, ...] = ()

    @property
    def is_unasked(self) -> bool:
        """No question of ours is open."""
        return self.seen.message.asked is None

    def chance(self, kind: str) -> float:
        """The probability of `kind`, 0 to 1."""
        return self.chances.get(kind, 0.0)


_Verdict = tuple[str, float] | None
"""A kind and how sure it is; nothing where a rule does not hold."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: as `understand --explain` says it. `of`: the kinds that it is asked about, all where it is empty.

    `last`: where it holds, no rule behind it is asked.
    """

    name: str
    of: frozenset[str]
    verdict: Callable[[Standing], _Verdict]
    last: bool = False


def overruled(standing: Standing) -> Standing:
    """What the rules make of it."""
    for rule in RULES:
        if rule.of and standing.kind not in rule.of:
            continue
        if (verdict := rule.verdict(standing)) is None:
            continue
        kind, sure = verdict
        changed = verdict != (standing.kind, standing.sure)
        standing = replace(
            standing, kind=kind, sure=sure, rules=(*standing.rules, rule.name) if changed else standing.rules
        )
        if rule.last:
            break
    return standing


def _makes(
    kind: str, *heard: Callable[[Reading], object], sure: float | None = HEARD_PLAINLY
) -> Callable[[Standing], _Verdict]:
    """It is `kind` where one of these is heard; with `sure` None as sure as the other was."""

    def verdict(standing: Standing) -> _Verdict:
        if not any(hears(standing.seen) for hears in heard):
            return None
        return kind, standing.sure if sure is None else sure

    return verdict


def _unless_certain(verdict: Callable[[Standing], _Verdict]) -> Callable[[Standing], _Verdict]:
    """Only where what was learned is not all but certain of the contrary."""
    return lambda standing: verdict(standing) if standing.sure < CERTAIN else None


def _signals(*names: str) -> Callable[[Reading], bool]:
    return lambda seen: seen.signals.has_any(*names)


def _another_absence(standing: Standing) -> _Verdict:
    seen = standing.seen
    another = tells_another_reason(seen, standing.chance("absence")) or means_another_child(seen) or is_away_anew(seen)
    return ("absence", standing.sure) if another else None


def _no_return(standing: Standing) -> _Verdict:
    """Nothing of coming back is said: a mere signature, or something for a person."""
    seen = standing.seen
    if says_of_return(seen):
        return None
    if len(seen.words.texts) <= A_SIGNATURE and not tells(seen) and seen.language != "unknown":
        return "chat", standing.sure
    return ("question", standing.sure) if standing.is_unasked else None


def _only_asks(seen: Reading) -> bool:
    """ "Did you get my message about Ella?": nothing of a day, nor of being back, in a question that we did not ask."""
    told = seen.signals.has_any("back", "absent", "present", "fine")
    silent = not seen.days.roles and not seen.times.roles and not told
    return seen.message.asked is None and silent and seen.signals.has("question") and "?" in seen.words.texts


def _reports_too(standing: Standing) -> _Verdict:
    reports = standing.chance("absence") >= REPORTED_TOO and reports_plainly(standing.seen)
    return ("absence", standing.sure) if reports else None


def _report_before_a_disclosure(standing: Standing) -> _Verdict:
    feared = bool(standing.seen.danger.hits) or standing.judged.yes["safeguarding"] >= _FEARED
    return ("absence", HEARD_PLAINLY) if feared and reports_before_a_disclosure(standing.seen) else None


def _stays_with_me(seen: Reading) -> bool:
    return is_with_me(seen) and not seen.signals.has_any("back", "late", "fine")


def _in_need(standing: Standing) -> _Verdict:
    kind = told_in_need(standing.seen)
    return None if kind is None else (kind, HEARD_PLAINLY)


def _leaver(standing: Standing) -> _Verdict:
    gone = standing.chance("leaver") >= _PERHAPS and has_left(standing.seen)
    return ("leaver", standing.sure) if gone else None


def _of_a_sibling(standing: Standing) -> _Verdict:
    kind = of_a_sibling(standing.seen, standing.kind)
    return None if kind is None else (kind, HEARD_PLAINLY)


def _only_asks_first(standing: Standing) -> _Verdict:
    return ("question", HEARD_PLAINLY) if only_asks_first(standing.seen, standing.kind) else None


def _comes_all_the_same(standing: Standing) -> _Verdict:
    kind = "chat" if standing.kind == "chat" else "question"
    return (kind, HEARD_PLAINLY) if comes_all_the_same(standing.seen) else None


def _gone_off(seen: Reading) -> bool:
    """ "Wherever she has gone"."""
    return seen.signals.has("lost", "wherever")


def _perhaps_a_report(standing: Standing) -> _Verdict:
    """A reason that is all but certain, in what is hardly a question or chat."""
    absence = standing.chance("absence")
    if standing.sure >= _HALF or absence < _PERHAPS or not tells_why(standing.judged, standing.seen):
        return None
    return "absence", absence / (1 - sum(standing.chance(idle) for idle in _IDLE))


def _takes_back(seen: Reading) -> bool:
    """ "Sorry, wrong school, ignore me", after what we recorded: not to be asked when the child is back."""
    said = seen.days.roles or seen.times.roles or seen.why.code is not None
    another = seen.signals.has_any("fine", "present", "back", "late", "absent") or len(seen.who.named) > 0
    meant = seen.signals.has("cancel") or _NOT_FOR_US.search(seen.words.line) is not None
    return bool(seen.message.known) and seen.message.is_unasked and meant and not said and not another


def _cancels_what_is_held(seen: Reading) -> bool:
    """ "Please cancel", to what we read back: no word of our texts."""
    return seen.message.read_back is not None and seen.signals.has("cancel") and not seen.signals.has("stop")


def _tells_anew(seen: Reading) -> bool:
    """ "Forgot to say why he was off on Monday. All good": a reason beside it, and nothing is taken back."""
    late = told_late(seen, local(seen.message.sent_at).date())
    return seen.why.code is not None and bool(late or told_anew(seen) or told_already(seen))


def _late_after_all(seen: Reading) -> bool:
    return (seen.message.asked is not None and late_today(seen)) or only_overslept(seen, seen.why.code)


def _all_but_one(seen: Reading) -> bool:
    """ "All coming in bar Ben who has a cold"."""
    return bool(seen.who.away) and seen.why.code in ("I", "M")


def _has_it(standing: Standing) -> _Verdict:
    opened = standing.kind == "chat" or (standing.is_unasked and opens_with_ok(standing.seen))
    return ("absence", TO_BE_READ_BACK) if standing.sure < _SETTLED and opened and has_it_now(standing.seen) else None


def _only_weary(standing: Standing) -> _Verdict:
    seen = standing.seen
    excused = seen.message.is_unasked and only_excused(seen)
    return ("question", max(standing.sure, HEARD_PLAINLY)) if only_weary(seen) or excused else None


def _last_seen(standing: Standing) -> _Verdict:
    where = last_seen(standing.seen)
    return (where, HEARD_PLAINLY) if where else None


def _not_known_when(seen: Reading) -> bool:
    asked = seen.message.asked
    waits = asked.kind == "return" if asked is not None else bool(seen.message.known)
    return waits and seen.signals.has("unknown_return")


def _told_where(standing: Standing) -> _Verdict:
    """However it is meant, a child of whom it is said where it is, or that nobody knows, comes first."""
    seen, kind, asked = standing.seen, standing.kind, standing.seen.message.asked
    if kind in _PLACES or is_with_me(seen) or (kind == "chat" and is_found(seen)):
        return None
    where = heard_where(seen) or denies_the_absence(seen)
    asks_back = kind == "question" and asked is not None and asked.kind in ("absence", "reason")
    untold = kind in _IDLE and asked is None and (seeks_it(seen) or is_claimed(seen))
    asks_back = asks_back or untold or only_lost(seen)
    another = kind == "other_parent"  # whoever else is to be asked, a child who is thought to be in school comes first
    unsure = standing.sure < CERTAIN or asks_back or another or says_only_where(seen) or _is_abroad(seen)
    return (where, max(standing.chance(where), HEARD_PLAINLY)) if where and unsure else None


def _is_abroad(seen: Reading) -> bool:
    """No reason and no day, in words of another language: the weights learned English and are sure of anything."""
    return seen.language not in ("", "unknown") and seen.why.code in (None, "N") and not seen.days.roles


def _nobody_can_read_it(standing: Standing) -> _Verdict:
    """A person shall."""
    least = _SURE_ABROAD if standing.kind in RECORDED else _HALF if standing.kind == "chat" else 0.0
    return ("question", standing.sure) if standing.seen.language == "unknown" and standing.sure < least else None


def _of(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


_ANY: frozenset[str] = frozenset()
RULES = (
    Rule("back, with another reason, child or absence", _of("return"), _another_absence),
    Rule("nothing of coming back", _of("return"), _no_return),
    Rule("a complaint", _of("chat"), _unless_certain(_makes("question", _signals("complains")))),
    Rule("asks whether we know", _of("return"), _makes("question", _only_asks, sure=None)),
    Rule("a reason and a day beside the question", _of("question"), _reports_too),
    Rule("plainly off", _of("question"), _makes("absence", is_plainly_off, reports_another)),
    Rule("a report before a disclosure", _of("question"), _report_before_a_disclosure),
    Rule("the child is with who writes", _IDLE | {"other_parent"}, _makes("absence", says_with_me)),
    Rule("the child is with who writes", _PLACES, _makes("absence", is_with_me)),
    Rule("the child stays with who writes", _of("return"), _makes("absence", _stays_with_me)),
    Rule("of a mark in the register", _of("late"), _makes("question", only_of_a_mark)),
    Rule("told in need", _of("late"), _in_need),
    Rule("hurt on the way", _of("late"), _makes("absence", was_hurt_on_the_way)),
    Rule("somebody else's number", _of("question"), _makes("wrong_number", is_somebody_else, sure=None)),
    Rule("has left the school", _of("absence"), _leaver),
    Rule("of a brother or sister", _of("absence", "return"), _of_a_sibling, last=True),
    Rule("asks first", RECORDED | {"help", "chat"}, _only_asks_first, last=True),
    Rule("asks of a day gone", RECORDED, _makes("question", asks_of_a_day_gone), last=True),
    Rule("comes all the same", (RECORDED | {"chat"}) - {"late"}, _comes_all_the_same, last=True),
    Rule("late, and coming", _of("absence"), _makes("late", only_late_still, sets_out_all_the_same), last=True),
    Rule("will be brought", _of("present"), _unless_certain(_makes("late", will_be_brought)), last=True),
    Rule("of a brother or sister", _of("present"), _makes("question", is_of_a_sibling)),
    Rule("tells of no absence", RECORDED, _makes("question", tells_of_no_absence)),
    Rule("will not go in", _of("present"), _makes("absence", will_not_go_in), last=True),
    Rule("nobody knows where", _of("present"), _makes("missing", _gone_off, only_thought, only_lost, sure=None)),
    Rule("caught and brought home", _of("missing"), _unless_certain(_makes("absence", is_caught))),
    Rule("found", _of("missing"), _makes("chat", is_found, sure=None)),
    Rule("home by itself", _PLACES, _makes("question", home_by_itself), last=True),
    Rule("home again", _of("return"), _makes("chat", lambda seen: is_found(seen) and is_home_again(seen), sure=None)),
    Rule("a reason told in passing", _IDLE, _perhaps_a_report),
    Rule("wants no more texts", _of("return"), _makes("stop", wants_no_texts)),
    Rule("comes after prayers, a funeral or another event", _of("late"), _makes("absence", comes_after_an_event)),
    Rule("another reason than was read back", _of("cancel", "chat", "reject"), _makes("absence", tells_why_instead)),
    Rule("takes back what was read back", _of("stop"), _makes("cancel", _cancels_what_is_held), last=True),
    Rule("cancels an absence, not our texts", _of("stop"), _makes("question", cancels_an_absence), last=True),
    Rule("not meant for us", _of("chat", "return"), _makes("cancel", _takes_back), last=True),
    Rule(
        "told already",
        _of("return"),
        _makes("question", lambda seen: seen.why.code is not None and told_already(seen)),
        last=True,
    ),
    Rule("no longer needs the day", _of("leave", "absence"), _makes("cancel", needs_no_day_off), last=True),
    Rule("a reason, and nothing taken back", _of("cancel"), _makes("absence", _tells_anew)),
    Rule("one well, another only late", _of("absence"), _makes("late", one_is_only_late)),
    Rule("late after all", _of("absence"), _makes("late", _late_after_all)),
    Rule("all coming but one", _of("chat"), _makes("absence", _all_but_one)),
    Rule("one well, another ill", _of("chat"), _makes("absence", one_is_ill)),
    Rule("puts us off", _ANY, _makes("question", puts_us_off), last=True),
    Rule("went astray", _of("absence"), _makes("question", went_astray), last=True),
    Rule("has the child now", _of("chat", "absence"), _has_it),
    Rule("only weary, or excused from games", _IDLE | {"absence", "return"}, _only_weary),
    Rule("only complains", _of("absence"), _makes("question", only_complains)),
    Rule("only had a jab", _of("absence"), _makes("absence", only_had_a_jab, sure=TO_BE_READ_BACK)),
    Rule("will not go", _of("question"), _makes("absence", _signals("daunted"))),
    Rule("seen last at home, or seen off", _ANY, _last_seen, last=True),
    Rule("not known when", _of("chat"), _makes("return", _not_known_when, sure=None)),
    Rule("said where the child is", _ANY, _told_where, last=True),
    Rule("in a language that nobody here reads", _ANY, _nobody_can_read_it),
)
"""In this order. What would be worst to miss of two goes before the other."""
