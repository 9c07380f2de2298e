"""What a member of staff answers to an alert: that they have it, and which one. Strict, because it ends a climb.

Only words that say nothing else count: "ok", "on it", "yes, got it thanks", a thumb, the alert's number. Whatever says
more ("can't take 112", "ok but who has Ben?", "ok?") is unclear, takes nothing, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_TAKES: Final = frozenset(
    tuple(phrase.split())
    for phrase in (
        "ok,okay,okey,oki,k,kk,okk,yes,yep,yeah,yup,aye,sure,got it,gotit,got this,have it,i have it,i have this,"
        "ive got it,i got it,i have got it,ive got this,on it,onit,im on it,i am on it,am on it,mine,its mine,"
        "taking it,taking this,i take it,ill take it,i will take it,will do,ack,acknowledge,acknowledged,doing it,"
        "acknowlege,acknowleged,aknowledge,aknowledged,ackowledge,ackowledged,acknowedge,acknowledgd"
    ).split(",")
)
_BESIDE: Final = frozenset("thanks thank you thx ta cheers now please alert number and for the".split())
_NUMBER: Final = re.compile(r"\d{2,4}")
_THUMBS: Final = re.compile("[\U0001f44d\U0001f44c\u2705\u2714\U0001f197][\ufe0f\U0001f3fb-\U0001f3ff]*")
_LONGEST: Final = 200
_MOST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class StaffReply:
    """A clear answer: `takes` when it says so in words, and the `numbers` of alerts that it names."""

    takes: bool
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What follows: these alerts are taken; or nothing is, and the member is asked which of the open ones is meant."""

    takes: tuple[str, ...] = ()
    ask: bool = False


def read_staff_reply(text: str, signature: Iterable[str] = ()) -> StaffReply | None:
    """The answer in these words, or None when they are not clearly one. `signature`: lines that only say who writes."""
    own = {_plain(one) for one in signature}
    words = " ".join(line for line in map(_plain, text.splitlines()) if line and line not in own).split()
    if not words or len(text) > _LONGEST or "?" in text:
        return None
    takes, numbers = False, []
    while words:
        said = next((n for n in range(_MOST_WORDS, 0, -1) if tuple(words[:n]) in _TAKES), 0)
        if said:
            takes = True
        elif _NUMBER.fullmatch(words[0]):
            numbers.append(words[0])
        elif words[0] not in _BESIDE:
            return None
        words = words[said or 1 :]
    return StaffReply(takes, tuple(dict.fromkeys(numbers))) if takes or numbers else None


def choose(reply: StaffReply | None, named: str | None, told: Sequence[str], open_: Sequence[str]) -> Chosen:
    """Which alerts an answer takes. All are the numbers of alerts that this member was sent: `told` in these days (the
    newest first), `open_` those that nobody has; `named` is the one whose own message was answered.

    A number that they were not sent takes nothing. Nor does a bare "ok" while several are open, or when the last alert
    that they were sent is not the one that is: it may be meant for one that somebody else has by now.
    """
    if reply is None:
        return Chosen(ask=True)
    if reply.numbers:
        return Chosen(reply.numbers) if set(reply.numbers) <= set(told) else Chosen(ask=True)
    if named is not None:
        return Chosen((named,))
    return Chosen((open_[0],)) if len(open_) == 1 and told[0] == open_[0] else Chosen(ask=bool(open_))


def _plain(line: str) -> str:
    """Small letters, no signs but letters and digits."""
    line = _THUMBS.sub(" ok ", line).casefold().replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^\w\s]|_", " ", line).split())
