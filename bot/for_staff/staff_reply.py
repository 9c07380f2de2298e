"""What a member of staff answers to an alert: that they have it, and which one. Strict, because it ends a climb.

Only words that say nothing else count: "ok", "on it", "yes, got it thanks", a thumb, the alert's number, and what its
writer does about it at this moment ("on it, checking her lessons now", "ringing mum now"). Whatever says more ("can't
take 112", "ok but who has Ben?", "ok?", "will ring after break") is unclear, takes nothing, and is asked about.
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
_DOES: Final = re.compile(
    r"(?:(?:i am|im|am|just|now|and) )*"
    r"(?:(?:checking|ringing|calling|phoning|telephoning|chasing|searching|dealing with|sorting|speaking to"
    r"|looking (?:for|into|at|now|everywhere|round|around)|trying to (?:ring|call|phone|find|reach|get hold of)"
    r"|going to (?:check|ring|call|phone|look|find|search)|going (?:there|over|round|up|down) now)\b"
    r"|(?:(?:i will|ill|will|let me) (?:check|ring|call|phone|look for|find|deal with|sort)\b.* now$)).*"
)
"""What somebody does at this moment, and not whom they ask, nor that they cannot."""
_NO_DEED: Final = frozenset(
    """not no cant can cannot dont wont couldnt but who unless if until till after later when then tomorrow someone
    somebody nobody anybody you your instead once wrong ask asking sick poorly temperature home off cover lunch
    meeting soon tonight dentist doctor still again nothing""".split()
)
_MOST_DONE: Final = 12
"""Words of such a deed, at most."""
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
        if _does(words):
            takes = True
            break
        said = next((n for n in range(_MOST_WORDS, 0, -1) if tuple(words[:n]) in _TAKES), 0)
        if said:
            takes = True
        elif _NUMBER.fullmatch(words[0]):
            numbers.append(words[0])
        elif words[0] not in _BESIDE:
            return None
        words = words[said or 1 :]
    return StaffReply(takes, tuple(dict.fromkeys(numbers))) if takes or numbers else None


def _does(words: list[str]) -> bool:
    numbered = any(_NUMBER.fullmatch(word) for word in words)
    return (
        len(words) <= _MOST_DONE
        and not numbered
        and _NO_DEED.isdisjoint(words)
        and _DOES.fullmatch(" ".join(words)) is not None
    )


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
