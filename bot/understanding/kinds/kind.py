"""What kind of message it is: the likeliest kind by weights and network, within what must hold whatever they say."""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.kinds.overruled import Standing, overruled
from bot.understanding.kinds.plainly import plain_kind
from bot.understanding.kinds.possible import possible_kinds
from bot.understanding.kinds.verdict import Kind
from bot.understanding.learned.messages import Judged


def kind_of(judged: Judged, seen: Reading) -> Kind:
    """The likeliest kind, within what must hold whatever the weights say.

    Plain words that the child is at school, or that nobody knows where it is, go before all but certainty of the
    contrary; a yes or a no needs a question that it may answer, and only a yes without a but closes a read-back.
    """
    if (plainly := plain_kind(seen)) is not None:
        return plainly
    chances = possible_kinds(judged, seen)
    kind, sure = max(chances.items(), key=lambda row: row[1])
    standing = overruled(Standing(kind, sure, chances, judged, seen))
    return Kind(standing.kind, standing.sure, standing.rules)
