"""What kind of message it is: the signals of all layers, weighed in the context of what we asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from attendance.calendar import local
from bot.understanding.danger import Danger
from bot.understanding.normalise import Words
from bot.understanding.phrases import Hit
from bot.understanding.roles import Days, Times
from bot.understanding.values import Message
from bot.understanding.who import Who
from bot.understanding.why import Why

#: Reasons that only the headteacher can grant or refuse; planned ahead they are leave and not a report.
HEAD_ONLY = frozenset(("C", "C1", "G", "J1", "R", "T", "O", "N"))
_CANCEL_SURE = (
    "after all",
    "forget",
    "ignore",
    "scrap",
    "disregard",
    "no longer",
    "changed ~1 mind",
    "change of",
    "withdraw",
    "false alarm",
    "panic over",
    "decided not",
)
_LATE_SURE = (
    "late",
    "running",
    "behind",
    "way",
    "nearly",
    "almost",
    "just",
    "only",
    "overslept",
    "slept",
    "through",
    "missed",
    "traffic",
    "stuck",
    "delay",
    "held up",
    "can not ~1 find",
    "run|",
    "run ~2",
    "minutes",
    "flat",
    "puncture",
    "road",
    "gone back",
    "go* back",
    "walking",
    "omw",
    "en route",
    "diversion",
    "train",
    "bus",
    "alarm",
    "be there",
    "there by",
    "looking for",
    "reckon",
    "come|comes",
    "bring|",
    "with you",
    "be in by",
    "in by",
    "level",
    "accident",
    "car ~2",
    "should be there",
    "in later",
    "late*",
    "5|10",
)
_PRESENT_WEAK = (
    "set off",
    "set out",
    "left ~1 house",
    "left ~2 school",
    "got|gets",
    "sets off",
    "caught",
    "error",
    "was there",
    "arrived",
    "i|we|he",
    "should be",
    "mistake",
    "been there",
    "came in",
    "is|are in ~1 today",
    "he|she is in",
    "they are in",
    "is there",
    "are there",
    "on the bus",
    "breakfast",
    "he|she is|was ~1 def",
)
_MARKED = frozenset(
    "marked text message absent register registered registration mark letter saying says absence".split()
)


@dataclass(slots=True)
class Signals:
    """Hits by signal name, and the helper questions that the rules ask."""

    by: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Signals:
        """Group the hits of the kinds list."""
        out = cls()
        for hit in hits:
            if hit.tag.startswith("kind:"):
                out.by[hit.tag[5:]].append(hit)
        return out

    def has(self, name: str, *starts: str) -> bool:
        """True when a phrase of `name` was found (one that begins with one of `starts`, if given)."""
        found = self.by.get(name, ())
        return any(not starts or hit.phrase.startswith(starts) for hit in found)

    def count(self, name: str) -> int:
        """How many phrases of `name` were found."""
        return len(self.by.get(name, ()))

    def covers(self, name: str, total: int) -> bool:
        """True when phrases of `name` fill most of a text of `total` words."""
        filled = {n for hit in self.by.get(name, ()) for n in range(hit.first, hit.until)}
        return total > 0 and len(filled) >= 0.6 * total


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the layers saw of one message."""

    message: Message
    words: Words
    hits: tuple[Hit, ...]
    signals: Signals
    who: Who
    why: Why
    days: Days
    times: Times
    danger: Danger
    language: str


def _bare(words: Words) -> list[str]:
    return [
        text
        for text in words.texts
        if text
        not in (".", ",", "!", "emoji", "-", "x", "xx", "xxx", ":", ")", "(", "please", "thanks", "thank", "you")
    ]


def decide_kind(seen: Reading) -> tuple[str, float]:
    """The intent and how sure it is."""
    signals, asked, words = seen.signals, seen.message.asked, seen.words
    bare = _bare(words)
    reason = seen.why.code not in (None, "N") and seen.why.certainty >= 0.5
    strong = reason and max(seen.why.scores.values(), default=0) >= 2.9
    if not words.texts:
        return "chat", 0.6
    if _mechanical(seen, bare, strong):
        return "chat", 0.9
    off_only = _only(signals, "absent", ("away", "out", "off", "leave"))
    if signals.has("leaver") and signals.has("stop") and _leaver(seen):
        return "leaver", 0.8
    if (
        signals.count("stop") > 1
        and signals.has("stop", "stop the", "take ~1 me", "off this", "stop texting")
        and not strong
        and len(bare) <= 18
    ):
        return "stop", 0.9
    if signals.has("stop") and not strong and off_only and len(bare) <= 16 and not seen.days.roles:
        return "stop", 0.93
    if signals.has("wrong_number", "wrong number"):
        return "wrong_number", 0.9
    if signals.has("wrong_number") and not strong and not _about_school(signals):
        return "wrong_number", 0.88
    missing = _missing(seen, strong)
    if missing:
        return "missing", missing
    gone = (
        asked is not None and signals.has("leaver") and not strong and not signals.has("present", "dropped", "is|are")
    )
    if gone and _leaver(seen):
        return "leaver", 0.85
    present = _present(seen, strong)
    if present:
        return "present", present
    if asked is not None and asked.kind == "confirm":
        answer = _confirm(seen, strong)
        if answer:
            return answer
        if _content(seen):
            return "absence", 0.85
    if asked is None and not strong and "marked" in words.texts and not signals.has("absent", "not ~1 be", "keep|"):
        return "question", 0.75
    if signals.has("help") and not seen.who.named and not seen.days.roles and not signals.has("back"):
        return "help", 0.85
    return _report_or_other(seen, bare, reason, strong)


def _about_school(signals: Signals) -> bool:
    return signals.count("absent") > 1


def _mechanical(seen: Reading, bare: list[str], strong: bool) -> bool:
    signals = seen.signals
    if signals.has("auto") and not (strong and seen.who.named):
        return True
    adverts = signals.count("advert")
    return adverts >= 2 or (
        adverts == 1
        and not strong
        and not seen.who.named
        and not signals.has("absent")
        and ("/" in seen.words.texts or "%" in seen.message.text)
    )


def _missing(seen: Reading, strong: bool) -> float:
    told = [hit for hit in seen.danger.hits if hit.tag.startswith("danger:missing")]
    asked = seen.message.asked
    waiting = asked is not None and asked.kind in ("absence", "reason")
    if told:
        weak = all(hit.phrase.startswith(("where is", "looking for", "bag", "clothes", "ran|run")) for hit in told)
        if not weak or waiting or not strong:
            return 0.9
    if waiting and not strong:
        if seen.signals.has("lost"):
            return 0.85
        if seen.signals.count("missing") > 1 and "?" in seen.words.texts:
            return 0.7
    return 0.0


def _present(seen: Reading, strong: bool) -> float:
    signals, asked = seen.signals, seen.message.asked
    hits = [hit for hit in signals.by.get("present", ()) if not _in_something(seen.words.texts, hit)]
    if not hits:
        return 0.0
    sure = [hit for hit in hits if not hit.phrase.startswith(_PRESENT_WEAK)]
    late = _late_sure(seen)
    marked = bool(_MARKED & set(seen.words.texts))
    waiting = asked is not None and asked.kind in ("absence", "reason", "return", "child")
    if asked is not None and asked.kind == "confirm":
        return 0.85 if sure and signals.has("reject") and not seen.days.said_return and _school_word(seen) else 0.0
    negative = any(_denied(seen.words.texts, hit) for hit in hits)
    if waiting and not negative:
        if late or seen.times.arrives or seen.times.late_by is not None:
            return (
                0.8
                if sure
                and not seen.times.arrives
                and not signals.has("late", "late", "missed", "overslept", "traffic", "slept", "stuck")
                and not _future(seen)
                else 0.0
            )
        if seen.days.said_return and not sure:
            return 0.0
        if strong and seen.why.code in ("C2", "M", "E"):
            return 0.0
        if strong and not sure and signals.has("absent"):
            return 0.0
        if (
            asked is not None
            and asked.kind == "return"
            and seen.days.said_return
            and not signals.has("present", "dropped", "is|are|was", "went", "is she|he")
        ):
            return 0.0
        if (
            strong
            and signals.has("absent")
            and not signals.has("present", "dropped", "went in", "walked", "saw", "watched")
        ):
            return 0.0
        return 0.92 if sure else 0.8
    if (
        marked
        and (sure or hits)
        and not strong
        and not late
        and not negative
        and not signals.has("absent", "not ~1 be ~2 in", "not ~1 coming", "keep|")
    ):
        asking = "?" in seen.words.texts or signals.has(
            "present", "why", "mistake", "wrong", "error", "marked", "check"
        )
        return 0.85 if asking else 0.0
    return 0.0


_NOT_SCHOOL = frozenset(
    "pieces bed hospital pain bits tears agony a no her his my our isolation trouble plaster the shock mourning bath"
    " intensive resus spain isolation surgery theatre custody care labour tatters".split()
)


def _in_something(texts: list[str], hit: Hit) -> bool:
    """ "she is in pieces", "he is in hospital": in, but not in school."""
    return texts[hit.until - 1] == "in" and hit.until < len(texts) and texts[hit.until] in _NOT_SCHOOL


def _future(seen: Reading) -> bool:
    return bool(seen.times.roles) and any(role == "arrives" for _, role in seen.times.roles)


def _school_word(seen: Reading) -> bool:
    return any(word in seen.words.texts for word in ("school", "dropped", "class", "registration", "in", "there"))


def _denied(texts: list[str], hit: Hit) -> bool:
    if "not" in hit.phrase or "?" in texts[hit.until : hit.until + 6]:
        return False
    before = texts[max(0, hit.first - 2) : hit.first]
    for mark in (",", ".", "!", "?"):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    if before[-1:] in (["we"], ["i"]) and texts[hit.first] in ("are", "am"):
        return True
    return "not" in before or "if" in before or "never" in before or "when" in before or "to" in before[-1:]


def _late_sure(seen: Reading) -> bool:
    signals = seen.signals
    return signals.has("late", *_LATE_SURE)


def _confirm(seen: Reading, strong: bool) -> tuple[str, float] | None:
    signals, asked = seen.signals, seen.message.asked
    texts = seen.words.texts
    draft = asked.draft if asked is not None else None
    yes, no = signals.has("confirm"), signals.has("reject")
    turned = any(
        word in texts for word in ("but", "except", "only", "although", "instead", "actually", "apart", "same", "also")
    )
    dated = any(
        role in ("return", "until", "absent", "length", "since") and mention.form != "today"
        for mention, role in seen.days.roles
    ) or bool(seen.times.roles)
    newer = strong and draft is not None and seen.why.code != draft.code
    others = draft is not None and any(
        not set(named.children) <= set(draft.children) for named in seen.who.named if named.certainty >= 0.5
    )
    session = any(word in texts for word in ("morning", "afternoon", "am", "pm"))
    content = dated or newer or others or session
    if yes and not no:
        if not content or (not turned and not newer and not others and _agrees(seen)):
            return "confirm", 0.93
        return None
    if no and not content and not (turned and seen.why.code):
        if signals.has("question") and len(texts) > 12 and not signals.has("reject", "^ no", "^ nope", "not right"):
            return None
        return "reject", 0.92
    return None


def _content(seen: Reading) -> bool:
    """Something to put into the draft: a child, a day, a time, half a day, a reason."""
    halves = {"morning", "afternoon", "am", "pm", "mornings", "afternoons"} & set(seen.words.texts)
    draft = seen.message.asked.draft if seen.message.asked is not None else None
    newer = draft is not None and seen.why.code not in (None, "N", draft.code)
    dated = any(role not in ("past", "other") and mention.form != "today" for mention, role in seen.days.roles)
    return bool(halves or seen.times.roles or newer or dated or seen.who.named)


def _agrees(seen: Reading) -> bool:
    draft = seen.message.asked.draft if seen.message.asked is not None else None
    if draft is None:
        return True
    return (
        all(
            mention.first in (draft.first_day, draft.return_day)
            or mention.last in (draft.first_day, draft.return_day)
            or role in ("past", "other")
            for mention, role in seen.days.roles
        )
        and not seen.times.roles
    )


def _report_or_other(seen: Reading, bare: list[str], reason: bool, strong: bool) -> tuple[str, float]:
    signals, asked = seen.signals, seen.message.asked
    waiting = asked is not None and asked.kind in ("absence", "reason", "child")
    absent = signals.has("absent") and not _only(signals, "absent", ("away", "out", "leave", "with me", "is home"))
    late = _late_sure(seen)
    cancel = _cancel(seen, strong)
    if cancel:
        return "cancel", cancel
    if signals.has("leaver") and not (strong and seen.why.code in ("I", "M")) and _leaver(seen):
        return "leaver", 0.85
    if signals.has("other_parent") and not strong and not late and _with_other(seen):
        return "other_parent", 0.85
    away_today = (
        seen.days.said_return and seen.days.ret is not None and seen.days.ret > local(seen.message.sent_at).date()
    )
    if _told_of_danger(seen, waiting) and not seen.times.arrives:
        return "question", 0.8
    coming = (
        asked is not None
        and asked.kind == "return"
        and (seen.times.arrives is not None or _better(seen))
        and not signals.has("late", "late", "overslept", "missed", "traffic", "running", "stuck")
    )
    if (
        late
        and not coming
        and not (away_today and not seen.times.arrives)
        and not _absence_beats_late(seen, absent, strong)
    ):
        return "late", 0.88
    if _told_of_danger(seen, waiting) or _relay(seen, strong) or _only_asks(seen, strong, waiting):
        return "question", 0.8
    if asked is not None and asked.kind == "return":
        if (
            (seen.times.arrives or (signals.has("late", "bring|", "come|", "in later") and _better(seen)))
            and not strong
            and not signals.has("late", "late", "overslept", "missed", "traffic", "running", "stuck")
        ):
            return "return", 0.85
        when = seen.days.said_return or seen.days.ret is not None or seen.days.roles or signals.has("unknown_return")
        known = ("I", "M", asked.draft.code if asked.draft else "I")
        if when and not (strong and seen.why.code not in known and absent):
            return "return", 0.9
        if strong or absent:
            return "absence", 0.6
    today = local(seen.message.sent_at).date()
    if not waiting and not absent and seen.days.said_return and seen.days.ret == today and signals.has("back"):
        return "return", 0.85
    if _better_and_back(seen, waiting):
        return "return", 0.85
    back_only = seen.days.said_return and not absent and not _strong_new(seen)
    if back_only and not waiting and not (strong and not _better(seen)):
        return ("absence", 0.6) if _tells_more(seen) else ("return", 0.85)
    if strong or absent or (reason and (waiting or seen.days.roles or seen.who.named)):
        if (
            not (strong or waiting or seen.days.roles)
            and "?" in seen.words.texts
            and not signals.has("absent", "not", "keep", "will not")
        ):
            return "question", 0.6
        if (
            _is_question(seen, bare)
            and not strong
            and not waiting
            and not absent
            and not seen.days.said_first
            and seen.why.code != "I"
        ):
            return "question", 0.6
        return "absence", 0.88 if strong or absent else 0.75
    if back_only and waiting:
        return "absence", 0.7
    if signals.has("unknown_return") and asked is not None and asked.kind == "return":
        return "return", 0.85
    if waiting:
        return _waiting(seen, bare)
    if seen.days.said_return or signals.has("back"):
        return "return", 0.7
    dated = any(
        role in ("absent", "since", "lastday", "length") and mention.form != "today"
        for mention, role in seen.days.roles
    )
    if dated and (
        signals.has("absent")
        or any(word in seen.words.texts for word in ("leaving", "extending", "breaking", "have", "away", "out"))
    ):
        return "absence", 0.75
    if seen.days.said_first and (seen.who.named or dated):
        return "absence", 0.5
    if seen.why.code == "N" and signals.count("question") == 0:
        return "absence", 0.6
    return _small_talk(seen, bare)


def _relay(seen: Reading, strong: bool) -> bool:
    """ "Could you tell Joel that his nan will pick him up": something for staff to pass on, nobody is away."""
    texts = [
        text
        for text in seen.words.texts[:9]
        if text not in ("please", "hi", "hello", ",", ".", "good", "morning", "afternoon", "just")
    ]
    asks = texts[:1] and (
        texts[0] in ("tell", "remind", "ask")
        or (
            texts[0] in ("can", "could", "would")
            and len(texts) > 2
            and texts[1] == "you"
            and texts[2] in ("tell", "let", "remind", "ask", "give", "pass", "make", "check", "get")
        )
    )
    return (
        bool(asks)
        and not strong
        and not seen.signals.has("absent", "not ~1 be ~2 in", "not ~1 come", "not ~1 coming", "keep|", "off", "absent")
        and not seen.times.leaves
    )


_ASKS = frozenset(
    "is are does do did can could will would what when where which who why how has have should may am was".split()
)
_SURE_AWAY = (
    "not ~1 be ~2 in", "will not ~2 be", "not ~1 in", "not in", "not ~1 coming", "not ~1 come", "keep|", "off",
    "stay|", "absent", "not ~1 attend", "at home today", "with me today", "still off", "can not ~1 come", "no school",
    "take|", "taking|", "out ", "leave ",
    "pick*", "collect*", "needs to leave", "leave*", "finish*", "day|days", "time off", "miss", "away", "kept",
)  # fmt: skip


def _only_asks(seen: Reading, strong: bool, waiting: bool) -> bool:
    """A question about school, PE, trips or lunch: it names a child and a day, and nobody is away."""
    texts = [
        text
        for text in seen.words.texts
        if text not in ("hi", "hello", "please", "morning", "good", ",", "afternoon", "sorry")
    ]
    away = seen.signals.has("absent", *_SURE_AWAY)
    if seen.message.asked is not None or not texts or seen.times.leaves:
        return False
    if texts[0] in ("what", "how", "do", "does", "is", "are") and not seen.who.named and not seen.days.said_first:
        return not away or "?" in texts
    if (
        {"pe", "swimming", "games", "sports", "sport"} & set(texts)
        and {"sit", "excused", "miss", "do", "part"} & set(texts)
        and not away
    ):
        return True
    if away or (strong and seen.why.code in ("I", "M", "E", "C", "G", "R")):
        return False
    wants = {"have", "take"} & set(texts[:6]) and any(
        role == "absent" and m.form != "today" for m, role in seen.days.roles
    )
    if wants:
        return False
    shaped = (texts[0] in _ASKS and texts[1:2] != ["not"]) or ("?" in texts and any(a in _ASKS for a in texts[:6]))
    about = {
        "form",
        "lunch",
        "kit",
        "money",
        "letter",
        "homework",
        "coat",
        "bag",
        "club",
        "phone",
        "trip",
        "uniform",
        "photo",
    } & set(texts)
    return shaped or (
        bool(about) and bool({"can", "could", "lost", "forgot", "drop", "let"} & set(texts)) and not _late_sure(seen)
    )


def _told_of_danger(seen: Reading, waiting: bool) -> bool:
    """A disclosure without a word of being away is for a person to answer, and reports nothing."""
    away = seen.signals.has(
        "absent",
        "not ~1 be",
        "will not ~2 be",
        "not ~1 in",
        "not in",
        "not ~1 coming",
        "not ~1 come",
        "keep|",
        "off",
        "stay|",
        "absent",
        "is home",
        "not ~1 attend",
        "at home today",
        "with me",
        "here with me",
        "in hospital",
        "not setting",
        "on the ward",
        "not until",
        "will not ~1 leave",
        "asleep ~2",
        "not waking",
        "let him",
        "still asleep",
        "still off",
        "can not ~1 come",
        "no school",
    )
    travels = seen.why.code in ("G", "C") and seen.days.said_first
    return seen.danger.safeguarding and not waiting and not away and not travels


def _better_and_back(seen: Reading, waiting: bool) -> bool:
    """ "The temperature is gone, happy for him to come in at 12.30?": better, and a time or day to come in."""
    sign = any(
        word in seen.words.texts for word in ("better", "perked", "gone", "recovered", "cleared", "improved", "mended")
    )
    still = any(word in seen.words.texts for word in ("still", "worse")) or seen.signals.has(
        "absent", "no better", "not ~1 be ~2 in", "keep|", "off"
    )
    coming = (
        seen.times.arrives is not None
        or seen.days.said_return
        or seen.signals.has("fine", "coming in", "in today", "going in")
    )
    return sign and not still and not waiting and coming


_PLAIN = frozenset(
    "will with from this that they have been about just should hopefully thanks thank please school morning there then"
    " when your would could back return returning again really much very today tomorrow hello dear kind regards normal"
    " usual instead after before until week weekend term definitely probably think know fine better feeling well mum"
    " dad".split()
)


def _tells_more(seen: Reading) -> bool:
    """Words beyond the return itself, of a child whom we do not have absent: then something has happened."""
    if (
        seen.message.known
        or seen.message.asked is not None
        or _better(seen)
        or seen.signals.has("fine", "as normal", "in as")
    ):
        return False
    taken = {n for named in seen.who.named for n in range(named.first, named.until)}
    for hits in (seen.signals.by.get("back", ()), seen.signals.by.get("hedge", ())):
        taken |= {n for hit in hits for n in range(hit.first, hit.until)}
    for mention, _ in seen.days.roles:
        taken |= set(
            range(seen.words.word_at(mention.start), seen.words.word_at(max(mention.start, mention.end - 1)) + 1)
        )
    rest = [
        t for n, t in enumerate(seen.words.texts) if n not in taken and t.isalpha() and len(t) > 3 and t not in _PLAIN
    ]
    return len(rest) >= 2


def _strong_new(seen: Reading) -> bool:
    return any(hit.tag.startswith("why:") and hit.tag.endswith("strong") for hit in seen.why.hits) and not _better(seen)


def _better(seen: Reading) -> bool:
    texts = seen.words.texts
    return any(
        word in texts
        for word in (
            "better",
            "perked",
            "gone",
            "recovered",
            "fine",
            "improved",
            "mended",
            "stopped",
            "normal",
            "cleared",
            "bored",
            "himself",
            "herself",
            "scabbed",
        )
    )


def _only(signals: Signals, name: str, phrases: tuple[str, ...]) -> bool:
    return all(hit.phrase in phrases for hit in signals.by.get(name, ()))


def _cancel(seen: Reading, strong: bool) -> float:
    signals = seen.signals
    if not signals.has("cancel"):
        return 0.0
    sure = any(any(mark in hit.phrase for mark in _CANCEL_SURE) for hit in signals.by["cancel"])
    waiting = seen.message.asked is not None and seen.message.asked.kind in ("absence", "reason", "child")
    if waiting:
        clear = signals.has("cancel", "forget", "ignore", "scrap", "disregard", "after all") and signals.has("fine")
        return 0.8 if clear and not (strong and not _better(seen)) else 0.0
    called_off = signals.has(
        "cancel", "cancel", "appointment", "trip", "postponed", "called", "canceled"
    ) and seen.why.code in ("M", "G", "C", "J1", "P", "V", None)
    stuck = any(
        word in seen.words.texts
        for word in ("flight", "flights", "ferry", "train", "trains", "bus", "stuck", "stranded")
    )
    new_day = seen.days.said_first and any(
        word in seen.words.texts
        for word in ("moved", "forward", "rescheduled", "changed", "rearranged", "instead", "now")
    )
    told = seen.words.texts[:4]
    if "cancel" in told and not (strong and seen.why.code == "I"):
        return 0.85
    if new_day and not sure:
        return 0.0
    if sure and not (strong and seen.why.code == "I" and not _better(seen)):
        return 0.85
    if called_off and not stuck and (signals.has("fine") or signals.has("back") or bool(seen.message.known)):
        return 0.8
    if (
        bool(seen.message.known)
        and signals.has("cancel", "will be", "she|he will", "coming in", "she|he is ok", "fine now", "perked", "better")
        and not signals.has("absent", "not")
    ):
        future = any(
            report.first_day and report.first_day >= seen.message.sent_at.date() for report in seen.message.known
        )
        return 0.7 if future and not seen.days.said_return else 0.0
    return 0.0


def _leaver(seen: Reading) -> bool:
    signals = seen.signals
    return not signals.has("leaver", "moved to|back", "last day") or signals.count("leaver") > 1 or not seen.days.roles


def _with_other(seen: Reading) -> bool:
    signals = seen.signals
    sure = signals.has(
        "other_parent",
        "ask|text",
        "dad 's",
        "with ~2 dad",
        "not my",
        "not ~1 my",
        "has him",
        "has got him",
        "not with me",
        "do not have",
        "lives with",
        "is|are|was|were with",
        "at ~3 dad",
        "have not",
        "has|have|had|got",
        "i ~1 work",
        "social",
        "at ~2 dad",
    )
    return sure and not signals.has("absent", "not ~1 be", "keep|")


def _absence_beats_late(seen: Reading, absent: bool, strong: bool) -> bool:
    signals, why = seen.signals, seen.why
    sure_late = signals.has(
        "late",
        "late",
        "running",
        "bit behind",
        "overslept",
        "slept",
        "missed",
        "traffic",
        "minutes late",
        "5|10",
        "on ~1 way",
        "on my|our",
        "only just",
        "just setting",
        "nearly",
        "en route",
        "omw",
        "delayed",
        "stuck",
        "be there|in|with",
        "held up",
        "flat",
        "puncture",
    )
    not_in = signals.has(
        "absent",
        "not ~1 be ~2 in",
        "not ~1 coming",
        "not ~1 come",
        "not ~1 in",
        "not in",
        "keep|",
        "stay|",
        "off school",
        "can not ~1 come",
        "not ~1 attend",
        "not ~1 make",
        "will not ~2 be",
        "still off",
        "rest of",
        "out until",
        "no school",
        "day|days",
        "no way",
    )

    if why.code == "M" and strong:
        return True
    if not_in and not (seen.times.arrives and seen.days.ret is None):
        return True
    if why.scores.get("I", 0.0) >= 1.4 and not sure_late and not strong:
        return True
    if why.code == "I" and strong:
        return not (sure_late and not _ill_now(seen))
    if seen.times.arrives and why.code in ("O", "Y1", "Y2", "N", None) and not not_in:
        return False
    if why.code in ("O", "Y1", "Y2", "N", None):
        return False if sure_late else absent
    if strong and why.code in ("C", "G", "R", "E", "W", "V", "J1", "C1", "P", "B", "Y7", "T", "C2"):
        return not (sure_late and seen.days.first is None)
    return absent and not sure_late


def _ill_now(seen: Reading) -> bool:
    return max((score for code, score in seen.why.scores.items() if code == "I"), default=0.0) >= 3.0


def _is_question(seen: Reading, bare: list[str]) -> bool:
    return "?" in seen.words.texts or seen.signals.has("question", "please", "any chance", "want", "need to")


def _waiting(seen: Reading, bare: list[str]) -> tuple[str, float]:
    """An answer to our question that no list knows: a question of theirs, thanks, or words about the absence."""
    signals, asked = seen.signals, seen.message.asked
    assert asked is not None
    if seen.danger.safeguarding:
        return "absence", 0.65
    if asked.kind == "child" and seen.who.named:
        return "absence", 0.85
    calls = {"ring", "call", "phone", "understand", "confused"} & set(bare)
    if calls and len(bare) <= 8 and not seen.who.named and seen.why.code is None:
        return "question", 0.6
    asking = seen.words.texts[0] in ("which", "what", "who", "why", "where", "how", "when")
    if asking and not seen.who.named and seen.why.code is None:
        return "question", 0.75
    if signals.covers("thanks", len(bare)) or not bare:
        return "chat", 0.85
    if "?" in seen.words.texts and not seen.who.named and seen.why.code is None:
        return "question", 0.7
    if seen.why.code is not None:
        return "absence", 0.7
    if signals.has("unknown_return") and asked.kind != "child":
        return "absence", 0.5
    if signals.has("reject") and len(bare) <= 2:
        return "reject", 0.7
    return "absence", 0.45


def _small_talk(seen: Reading, bare: list[str]) -> tuple[str, float]:
    signals = seen.signals
    if seen.danger.safeguarding:
        return "question", 0.7
    asking = "?" in seen.words.texts or signals.has(
        "question",
        "can|could",
        "please",
        "ring|",
        "speak",
        "any chance",
        "wonder",
        "want",
        "need",
        "complain",
        "not happy",
        "disgust",
        "unaccept",
        "ridic",
        "is it",
        "how much",
    )
    if asking:
        return "question", 0.75
    letters = [text for text in bare if text.isalpha()]
    if not letters and bare and all(text.isdigit() or text in ("+", "-") for text in bare):
        return "question", 0.6
    if signals.has("thanks") or not letters or all(text in ("thumbsup", "emoji", "thumbsdown") for text in letters):
        return "chat", 0.85
    if signals.has("confirm") or signals.has("reject") or len(letters) <= 1:
        return "chat", 0.6
    someone = bool(seen.who.named) or bool({"he", "she", "him", "her", "his", "son", "daughter"} & set(letters))
    if someone and "?" not in seen.words.texts and len(letters) > 2:
        return "absence", 0.45
    return "question", 0.5
