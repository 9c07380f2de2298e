"""Which schools of a trust a message is for, when more than one of them knows the writer.

A family with children at two schools writes to the number that is nearest to hand. Whose child the words are about
decides, and not which number they came to; only words that are about nobody stay where they were written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """What speaks for a message being one school's own.

    `written_to`: it came to a number of this school. `knows`: its list has the writer. `mentions`: the words mention a
    child of it, `tells`: and report something of one. `waits`: its question to the writer is open, `answers`: and the
    words may be the answer. `serious`: there is danger in them, or a child is sought.
    """

    school: str
    written_to: bool
    knows: bool
    mentions: bool = False
    tells: bool = False
    waits: bool = False
    answers: bool = False
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """Schools that act on a message, each for its own children, and schools where danger is heard and a person reads
    the rest.
    """

    acts: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()


def meant(claims: Sequence[Claim]) -> Meant:
    """Decide for whom a message is. Every message is for somebody: one school at least acts or hears."""
    known = [one for one in claims if one.knows]
    if not known:
        return _one_or_all([one for one in claims if one.written_to])
    if len(known) == 1:
        return _one_or_all(known)
    told = [one for one in known if one.mentions and one.tells]
    mentioned = [one for one in known if one.mentions]
    if told or len(mentioned) == 1:
        acts = told or mentioned
        return Meant(_ids(acts), _ids([one for one in known if one.written_to and one.waits and one not in acts]))
    waiting = [one for one in known if one.waits and (one.written_to or one.answers)]
    if len(waiting) == 1 and not any(one.serious for one in known):
        return _one_or_all(waiting)
    home = [one for one in known if one.written_to]
    if len(home) == 1:
        return Meant(_ids(home), _ids([one for one in waiting if one not in home]))
    return _one_or_all(home or known)


def _one_or_all(claims: Sequence[Claim]) -> Meant:
    return Meant(acts=_ids(claims)) if len(claims) == 1 else Meant(hears=_ids(claims))


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(one.school for one in claims)
