"""Whoever is named as who harmed a child is not asked where it is; the person who reads of the harm is told so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attendance.calling import advance
from attendance.case import Case
from attendance.effects import Ask, RaiseAlert
from attendance.events import DangerHeard, TimePassed
from attendance.school import School
from attendance.telling import may_hear
from bot.outcome import CaseEvent, SetAside
from tests.support.builders import at
from tests.support.messages import Thread, case, events, means, of, says, template

DISCLOSED = means("absence", says("amina", code="N"), safeguarding=True, urgent=True)
BY_A_CHILD = means("absence", says("amina", code="N"), safeguarding=True, urgent=True, sender_doubt=True)


def not_asked(text: str, writer: str = "mum", by_a_child: bool = False) -> tuple[str, ...]:
    """Who is not asked any more after these words about Amina, whom we miss."""
    said = Thread(writer, cases=[case()]).hears(BY_A_CHILD if by_a_child else DISCLOSED, text)
    return tuple(contact for told in of(said, SetAside) for contact in told.contacts)


@pytest.mark.parametrize(
    "text",
    [
        "her dad hit her last night",
        "she was hit by her dad again",
        "she is scared of her dad",
        "her father has been hitting her",
        "Daddy keeps slapping her",
    ],
)
def test_the_father_is_named(text: str) -> None:
    assert not_asked(text) == ("dad",)


@pytest.mark.parametrize(
    "text",
    [
        "somebody hit her on the bus",
        "my dad hit her",
        "her dad says a boy hit her",
        "a boy hit her and her dad is livid",
        "her dad's girlfriend hit her",
        "she fell and hurt her arm, her dad has her",
    ],
)
def test_the_father_is_not(text: str) -> None:
    assert "dad" not in not_asked(text)


def test_by_the_child_both_may_be() -> None:
    assert not_asked("mum hit me", by_a_child=True) == ("mum",)
    assert not_asked("my dad hit me", by_a_child=True) == ("dad",)


def test_the_person_is_told_why_and_no_reason_is_recorded() -> None:
    said = Thread("mum", cases=[case()]).hears(BY_A_CHILD, "dad hit me")
    assert template(said) == "absence.danger"
    assert of(said, SetAside) == [SetAside("amina", ("dad",))]
    assert events(said) == []
    (harm,) = [one for one in of(said, RaiseAlert) if one.reason == "safeguarding"]
    assert "The father is named in it: nothing is written to them" in harm.because


def test_in_a_case_the_alarm_says_so_too() -> None:
    said = Thread("mum", cases=[case()]).hears(DISCLOSED, "her dad hit her")
    (alarm,) = [one.event for one in of(said, CaseEvent) if isinstance(one.event, DangerHeard)]
    assert "The father is named in it" in alarm.because


def without_the_father(school: School) -> School:
    """The same school after the father was named."""
    links = tuple(replace(one, set_aside=one.contact == "dad") for one in school.roll.links)
    return replace(school, roll=replace(school.roll, links=links))


def next_asked(missed: Case, school: School) -> list[str]:
    """Whom the next round asks."""
    _, effects = advance(missed, TimePassed("t1", at("09:45")), at("09:45"), school)
    return [one.contact for one in effects if isinstance(one, Ask)]


def test_the_round_goes_past_them() -> None:
    school = Thread("mum").school
    assert "dad" in next_asked(case(), school)
    assert "dad" not in next_asked(case(), without_the_father(school))


def test_they_hear_nothing_of_how_it_ended() -> None:
    school = Thread("mum").school
    missed, _ = advance(case(), TimePassed("t1", at("09:45")), at("09:45"), school)
    (asked,) = [one for one in missed.attempts if one.contact == "dad"]
    assert may_hear(missed, asked, school)
    assert not may_hear(missed, asked, without_the_father(school))


def test_before_anybody_misses_the_child_they_are_set_aside_as_well() -> None:
    said = Thread("mum").hears(DISCLOSED, "her dad hit her last night")
    assert of(said, SetAside) == [SetAside("amina", ("dad",))]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("her dad hit her last night", False),
        ("mum and dad had a fight and dad hit her. im scared", False),
        ("her dad hit her, she's at home with me", True),
        ("her dad hit her so she's not coming in", True),
    ],
)
def test_harm_alone_does_not_say_where_the_child_is(text: str, answers: bool) -> None:
    said = Thread("mum", cases=[case()]).hears(DISCLOSED, text)
    assert (("amina", "SafeWithoutReason") in events(said)) is answers
