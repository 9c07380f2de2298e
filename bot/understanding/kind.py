"""What kind of message it is: the signals of all layers, weighed in the context of what we asked."""

from __future__ import annotations

from attendance.calendar import local
from bot.understanding.evidence import (
    Reading,
    asks_something,
    asks_to_pass_on,
    bare_words,
    better_and_back,
    ill_now,
    is_better,
    newly_ill,
    only_asks,
    only_these,
    surely_late,
    tells_more,
    told_of_danger,
)
from bot.understanding.strangers import without_report
from bot.understanding.whereabouts import is_missing, is_present

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


def decide_kind(seen: Reading) -> tuple[str, float]:
    """The intent and how sure it is."""
    signals, asked, words = seen.signals, seen.message.asked, seen.words
    bare = bare_words(words)
    reason = seen.why.code not in (None, "N") and seen.why.certainty >= 0.5
    strong = reason and max(seen.why.scores.values(), default=0) >= 2.9
    if not words.texts:
        return "chat", 0.6
    nobody = without_report(seen, bare, strong)
    if nobody and nobody[0] in ("chat", "question"):
        return nobody
    off_only = only_these(signals, "absent", ("away", "out", "off", "leave"))
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
    if nobody:
        return nobody
    missing = is_missing(seen, strong)
    if missing:
        return "missing", missing
    gone = (
        asked is not None and signals.has("leaver") and not strong and not signals.has("present", "dropped", "is|are")
    )
    if gone and _leaver(seen):
        return "leaver", 0.85
    present = is_present(seen, strong)
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
    absent = signals.has("absent") and not only_these(signals, "absent", ("away", "out", "leave", "with me", "is home"))
    late = surely_late(seen)
    cancel = _cancel(seen, strong)
    if cancel:
        return "cancel", cancel
    if signals.has("leaver") and not (strong and seen.why.code in ("I", "M", "J1")) and _leaver(seen):
        return "leaver", 0.85
    if signals.has("other_parent") and not strong and not late and _with_other(seen):
        return "other_parent", 0.85
    away_today = (
        seen.days.said_return and seen.days.ret is not None and seen.days.ret > local(seen.message.sent_at).date()
    )
    if told_of_danger(seen, waiting) and not seen.times.arrives:
        return "question", 0.8
    coming = (
        asked is not None
        and asked.kind == "return"
        and (seen.times.arrives is not None or is_better(seen))
        and not signals.has("late", "late", "overslept", "missed", "traffic", "running", "stuck")
    )
    if (
        late
        and not coming
        and not (away_today and not seen.times.arrives)
        and not _absence_beats_late(seen, absent, strong)
    ):
        return "late", 0.88
    if seen.language and not waiting and not absent and _foreign_question(seen):
        return "question", 0.6
    if told_of_danger(seen, waiting) or asks_to_pass_on(seen, strong) or only_asks(seen, strong, waiting):
        return "question", 0.8
    if asked is not None and asked.kind == "return":
        if (
            (seen.times.arrives or (signals.has("late", "bring|", "come|", "in later") and is_better(seen)))
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
    if better_and_back(seen, waiting):
        return "return", 0.85
    back_only = seen.days.said_return and not absent and not newly_ill(seen)
    if back_only and not waiting and not (strong and not is_better(seen)):
        return ("absence", 0.6) if tells_more(seen) else ("return", 0.85)
    if strong or absent or (reason and (waiting or seen.days.roles or seen.who.named)):
        if (
            not (strong or waiting or seen.days.roles)
            and "?" in seen.words.texts
            and not signals.has("absent", "not", "keep", "will not")
        ):
            return "question", 0.6
        if (
            asks_something(seen, bare)
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


def _cancel(seen: Reading, strong: bool) -> float:
    signals = seen.signals
    if not signals.has("cancel"):
        return 0.0
    sure = any(any(mark in hit.phrase for mark in _CANCEL_SURE) for hit in signals.by["cancel"])
    waiting = seen.message.asked is not None and seen.message.asked.kind in ("absence", "reason", "child")
    if waiting:
        clear = signals.has("cancel", "forget", "ignore", "scrap", "disregard", "after all") and signals.has("fine")
        return 0.8 if clear and not (strong and not is_better(seen)) else 0.0
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
    if sure and not (strong and seen.why.code == "I" and not is_better(seen)):
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


def _foreign_question(seen: Reading) -> bool:
    """A question word put into English and a question mark, and no word of illness or an appointment."""
    texts = seen.words.texts
    asks = {"when", "what", "where", "how", "which", "why"} & set(texts)
    return "?" in texts and bool(asks) and seen.why.code not in ("I", "M", "C", "E")


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
    if why.code == "I" and not sure_late and any(hit.tag == "why:I:strong" for hit in why.hits):
        return True
    if not_in and not (seen.times.arrives and seen.days.ret is None):
        return True
    if why.scores.get("I", 0.0) >= 1.4 and not sure_late and not strong:
        return True
    if why.code == "I" and strong:
        return not (sure_late and not ill_now(seen))
    if seen.times.arrives and why.code in ("O", "Y1", "Y2", "N", None) and not not_in:
        return False
    if why.code in ("O", "Y1", "Y2", "N", None):
        return False if sure_late else absent
    if strong and why.code in ("C", "G", "R", "E", "W", "V", "J1", "C1", "P", "B", "Y7", "T", "C2"):
        return not (sure_late and seen.days.first is None)
    return absent and not sure_late


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
