"""An answer to our read-back: what of the record the words change, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.days.another_start import another_start
from bot.understanding.days.another_time import another_time, comes_later
from bot.understanding.days.began_before import began_before
from bot.understanding.days.left_open import plainly_away
from bot.understanding.days.moved import another_day, another_return
from bot.understanding.days.not_known import is_not_known_when
from bot.understanding.days.other_half import other_half
from bot.understanding.evidence import Reading
from bot.understanding.judging import Told, sent_on
from bot.understanding.reports import read_reports, together
from bot.understanding.values import Report

#: Behind a "no" that takes nothing back.
_NO_BETTER = (["better"], ["change"], ["improvement"], ["different"])
_PLAIN_NO = (["no"], ["nope"], ["nah"])


def corrected(told: Told, intent: str) -> tuple[str, tuple[Report, ...], set[str]]:
    """An answer to our read-back: the draft with what the words change; a new return day alone is a `return`."""
    asked = told.seen.message.asked
    assert asked is not None
    assert asked.draft is not None
    draft = asked.draft
    if (moved := another_day(told, draft)) is not None:
        return *moved, set()
    if (returns := another_return(told, draft)) is not None:
        return "return", returns, set()
    if (anew := put_right(told, intent)) is not None:
        return "absence", (anew,), set()
    reports, ask = read_reports(told, "absence" if intent == "leave" else intent)
    why = told.seen.why.code
    if is_not_known_when(told.seen) and [one.return_day for one in reports] == [draft.return_day]:
        reports, ask = (replace(reports[0], return_day=None),), ask - {"return"}
    if intent == "return" and _still_off(told, draft, reports):
        return "absence", (replace(draft, first_day=sent_on(told), return_day=None),), ask - {"return"}
    if intent == "return" and (more := _away_as_well(told, draft, reports)):
        return "absence", more, ask - {"reason"}
    if intent == "return" and why not in (None, "N") and [one.return_day for one in reports] == [draft.return_day]:
        # "Wrong, it's mostly hay fever, but Monday is right": the day is as we have it
        return ("confirm", (), set()) if why == draft.code else ("absence", (replace(draft, code=why),), set())
    if intent not in ("absence", "leave") or len(reports) != 1:
        return intent, reports, ask
    said = reports[0]
    if (said.arrives, said.leaves) == (None, None) and said.session == draft.session:
        said = replace(said, arrives=draft.arrives, leaves=draft.leaves)
    ask -= {"reason", "return"}
    if said == draft and _is_over(told, draft):
        today = sent_on(told)
        return intent, (replace(said, first_day=today, return_day=None),), ask
    if said == draft:
        away = plainly_away(told.seen)
        again = told.seen.signals.has("confirm") or away
        if again and not _says_no(told.seen, but_away=away):
            return "confirm", (), set()  # "yes, Ned is ill, Polly is in", "still bad, not coming": nothing is changed
        if _says_no(told.seen, but_away=away) and _names_nothing(told.seen):
            return "reject", (), set()
        return intent, (said,), ask | {"confirm"}
    if replace(said, return_day=draft.return_day) == draft:
        return "return", (Report(said.children, return_day=said.return_day),), ask
    return intent, (said,), ask


def put_right(told: Told, intent: str) -> Report | None:
    """The draft with the half of its day, its first day or its time put right, where the words do just that."""
    asked = told.seen.message.asked
    assert asked is not None
    assert asked.draft is not None
    draft = asked.draft
    at = another_time(told, draft) or (comes_later(told, draft) if intent == "late" else None)
    start = another_start(told.seen, draft)
    start = start if start is None or told.calendar.is_school_day(start.first_day or draft.first_day) else None  # type: ignore[arg-type]
    return other_half(told.seen, draft, told.calendar) or start or began_before(told, draft) or at


def _says_no(seen: Reading, but_away: bool) -> bool:
    """ "No", but for the one of "no better" and "no change", and the one that opens "nope, he's been sick, staying
    off", which is said to the doubt of before.
    """
    texts, noes = seen.words.texts, seen.signals.by.get("reject", ())
    return any(
        texts[hit.until : hit.until + 1] not in _NO_BETTER
        and not (but_away and hit.first == 0 and texts[: hit.until] in _PLAIN_NO)
        for hit in noes
    )


def _is_over(told: Told, draft: Report) -> bool:
    """ "Still not well", on the morning after: the day of the draft is over, and this one is told of."""
    first, back, today = draft.first_day, draft.return_day, sent_on(told)
    over = first is not None and first < today and (back is None or back <= today)
    plain = not _says_no(told.seen, but_away=True) and not told.seen.signals.has("confirm")
    return over and plain and draft.session == "day" and told.calendar.is_school_day(today)


def _still_off(told: Told, draft: Report, reports: Sequence[Report]) -> bool:
    """ "No change, still off", on the morning after: no day of return."""
    seen = told.seen
    silent = [one.return_day for one in reports] in ([None], [draft.return_day]) and seen.why.code in (None, draft.code)
    return silent and seen.signals.has("absent") and "still" in seen.words.texts and _is_over(told, draft)


def _names_nothing(seen: Reading) -> bool:
    """ "No it isn't": no reason, no day, no time and nobody."""
    return not (seen.days.roles or seen.times.roles or seen.who.named or seen.why.code or seen.signals.has("absent"))


def _away_as_well(told: Told, draft: Report, reports: Sequence[Report]) -> tuple[Report, ...]:
    """ "Both of them till Friday", to what we read back of one: the other one too, which nobody has recorded."""
    known = {*draft.children, *(child for report in told.seen.message.known for child in report.children)}
    backs = [(child, report.return_day) for report in reports for child in report.children]
    if all(child in known for child, _ in backs) or not any(child in draft.children for child, _ in backs):
        return ()
    return tuple(together([replace(draft, children=(child,), return_day=back) for child, back in backs]))
