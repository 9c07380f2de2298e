"""Which kinds a message can be at all, whatever weights and network think: nobody says yes to nothing."""

from __future__ import annotations

from datetime import date

from bot.understanding.dates import DAY, Mention
from bot.understanding.evidence import Reading
from bot.understanding.kinds.plainly import CERTAIN
from bot.understanding.kinds.says_more import says_more
from bot.understanding.learned.messages import Judged

#: Beside one of these signals a yes is none.
_NO_YES = ("reject", "lost", "present", "cancel", "wrong_number", "leaver")
#: Less sure than this, a stop that no list hears is a guess; and a no, or a wrong number.
_A_GUESS, _HALF = 0.35, 0.5


def possible_kinds(judged: Judged, seen: Reading) -> dict[str, float]:
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


def _only_unsure(seen: Reading) -> bool:
    """ "Don't know" takes nothing back."""
    return seen.signals.has("unknown_return") and not seen.signals.has("reject")


def _hardly_a_no(seen: Reading, sure: float) -> bool:
    """ "This is ridiculous": without a word of no, what was recorded is not taken back for a guess."""
    return sure < _HALF and not seen.signals.has("reject")


def _plain_yes(seen: Reading, sure: float) -> bool:
    """A yes, an ok or a thumb, or other words that are all but certain, and nothing that the read-back lacks."""
    signals, asked = seen.signals, seen.message.asked
    draft = asked.draft if asked is not None else None
    yes = sure >= CERTAIN or signals.has("confirm") or signals.has("thanks")
    if not yes or any(signals.has(name) for name in _NO_YES) or (draft is not None and says_more(seen, draft)):
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
