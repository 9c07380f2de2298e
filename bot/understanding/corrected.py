"""An answer to our read-back: what of the record the words change, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.days.left_open import plainly_away
from bot.understanding.days.moved import another_day
from bot.understanding.evidence import Reading
from bot.understanding.judging import Told
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
    reports, ask = read_reports(told, "absence" if intent == "leave" else intent)
    why = told.seen.why.code
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
    if said == draft:
        away = plainly_away(told.seen)
        again = told.seen.signals.has("confirm") or away
        if again and not _says_no(told.seen, but_away=away):
            return "confirm", (), set()  # "yes, Ned is ill, Polly is in", "still bad, not coming": nothing is changed
        return intent, (said,), ask | {"confirm"}
    if replace(said, return_day=draft.return_day) == draft:
        return "return", (Report(said.children, return_day=said.return_day),), ask
    return intent, (said,), ask


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


def _away_as_well(told: Told, draft: Report, reports: Sequence[Report]) -> tuple[Report, ...]:
    """ "Both of them till Friday", to what we read back of one: the other one too, which nobody has recorded."""
    known = {*draft.children, *(child for report in told.seen.message.known for child in report.children)}
    backs = [(child, report.return_day) for report in reports for child in report.children]
    if all(child in known for child, _ in backs) or not any(child in draft.children for child, _ in backs):
        return ()
    return tuple(together([replace(draft, children=(child,), return_day=back) for child, back in backs]))
