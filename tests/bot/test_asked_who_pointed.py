"""Whoever writes, unasked, that the child is with the other parent is not asked where it is in the same minute."""

from __future__ import annotations

from attendance.calling import advance
from attendance.effects import Ask
from attendance.events import NotWithMe
from tests.support.builders import at
from tests.support.messages import case, family


def test_the_father_who_was_not_asked_yet_is_not_asked_now() -> None:
    event = NotWithMe("m1/with_other_parent/amina", "dad", "with_other_parent")
    _, decided = advance(case(), event, at("09:20"), family())
    assert "dad" not in [one.contact for one in decided if isinstance(one, Ask)]


def test_the_other_parent_is_asked_as_ever() -> None:
    event = NotWithMe("m1/with_other_parent/amina", "mum", "with_other_parent")
    _, decided = advance(case(), event, at("09:20"), family())
    assert [one.contact for one in decided if isinstance(one, Ask)] == ["dad"]
