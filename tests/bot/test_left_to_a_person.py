"""What a family tells that a person decides on: no code for it, no question back, and whoever decides is told."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from attendance.events import ReasonGiven, SafeWithoutReason
from attendance.school import School
from bot.outcome import Outcome, Record
from tests.support.builders import contact, link, pupil, school
from tests.support.messages import Thread, case, event, means, of, says, template

OFFICE, PASTORAL = ("attendance_officer",), ("pastoral", "attendance_officer")


def hears(text: str, code: str | None, *ask: str, at: School | None = None) -> Outcome:
    return Thread("mum", cases=[case()], of=at).hears(means("absence", says("amina", code=code), ask=ask), text)


def codes(outcome: Outcome) -> list[str]:
    return [one.absence.code for one in of(outcome, Record)]


def told(outcome: Outcome) -> list[tuple[tuple[str, ...], bool]]:
    return [(one.roles, one.climbs) for one in of(outcome, RaiseAlert)]


def is_left(outcome: Outcome, roles: tuple[str, ...]) -> None:
    assert codes(outcome) == ["N"]
    assert isinstance(event(outcome), SafeWithoutReason), "the family has said where the child is"
    assert template(outcome) == "absence.handed_to_staff"
    assert told(outcome) == [(roles, True)]


@pytest.mark.parametrize("text", ["Excluded until Thursday", "you suspended her yesterday!!", "yes"])
def test_only_the_head_excludes(text: str) -> None:
    is_left(hears(text, "E"), OFFICE)


@pytest.mark.parametrize(
    ("text", "code", "ask"),
    [
        ("she's at her other school today", "B", ()),
        ("she is dual registered so at the other setting", "D", ()),
        ("Support unit today", "N", ("reason",)),
        ("she's at the unit", "I", ("reason",)),
        ("she is at the hub", "N", ("reason",)),
        ("she's at the PRU today", "B", ()),
        ("Amina is at alternative provision on Mondays", "B", ()),
        ("she has home tuition today", "K", ()),
    ],
)
def test_whether_a_child_is_at_another_place_of_education_the_school_knows(
    text: str, code: str, ask: tuple[str, ...]
) -> None:
    is_left(hears(text, code, *ask), OFFICE)


@pytest.mark.parametrize(
    ("text", "code"),
    [("she's at her other school today", "B"), ("dual registered, at Hillside today", "D")],
)
def test_where_the_data_say_so_it_is_d(text: str, code: str) -> None:
    dual = school(
        pupils=[pupil("amina", tags=("dual_registered",))],
        contacts=[contact("mum", 1)],
        links=[link("amina", "mum", 1)],
    )
    outcome = hears(text, code, at=dual)
    assert codes(outcome) == ["D"]
    assert template(outcome) == "absence.recorded"
    assert told(outcome) == []
    is_left(hears("she's at the PRU today", "B", at=dual), OFFICE)


@pytest.mark.parametrize(
    ("text", "code", "ask"),
    [
        ("she won't come out of her room, hates school", "O", ()),
        ("refusing to come in, crying every morning", "O", ()),
        ("she just won't come in, I've tried everything", "O", ()),
        ("school refusal again, can't get her out of bed", "I", ()),
        ("emotionally based school avoidance, not in", "I", ("reason",)),
        ("she couldn't face coming in today", "N", ("reason",)),
        ("begging me not to make her go, won't get in the car", "O", ()),
        ("would not come in, screaming at the door", "O", ("reason",)),
        ("in bed. wont get up. ive tried everything", "O", ()),
    ],
)
def test_who_will_not_come_is_not_called_unauthorised_by_a_machine(text: str, code: str, ask: tuple[str, ...]) -> None:
    is_left(hears(text, code, *ask), PASTORAL)


@pytest.mark.parametrize(
    "text",
    [
        "too anxious to leave the house",
        "having a panic attack and won't get in the car",
        "mental health day",
        "refusing to come in, crying every morning",
    ],
)
def test_an_illness_of_the_mind_is_an_illness_and_whoever_cares_hears(text: str) -> None:
    outcome = hears(text, "I", "return")
    assert codes(outcome) == ["I"]
    assert isinstance(event(outcome), ReasonGiven)
    assert template(outcome) == "absence.recorded"
    assert told(outcome) == [(PASTORAL, False)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("she overslept and won't get up", "O"),
        ("refuses to wear her uniform so not in", "O"),
        ("it's her birthday and she doesn't want to come in", "O"),
        ("she has a cold and won't get out of bed", "I"),
        ("crying all night with earache", "I"),
        ("she's at the eye unit", "M"),
        ("she's at college today", "B"),
        ("music exam this morning", "B"),
        ("sick all night at her other house", "I"),
    ],
)
def test_what_is_an_ordinary_reason_is_proposed_as_before(text: str, code: str) -> None:
    outcome = hears(text, code)
    assert codes(outcome) == [code]
    assert template(outcome) == "absence.recorded"
    assert told(outcome) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("her shoes are broke", "O"),
        ("no uniform", "O"),
        ("washing machine broke, nothing clean", "O"),
        ("off today, no clean trousers", "O"),
        ("can't afford new shoes till payday", "O"),
        ("no bus fare", "Y1"),
    ],
)
def test_who_is_short_of_something_is_helped_first(text: str, code: str) -> None:
    is_left(hears(text, code, "return"), PASTORAL)


@pytest.mark.parametrize(
    "text",
    ["it's non uniform day and she hates it", "she lost her shoes at the trip and overslept", "too tired for school"],
)
def test_who_is_short_of_nothing_is_proposed_as_before(text: str) -> None:
    assert codes(hears(text, "O")) == ["O"]


@pytest.mark.parametrize("text", ["Amina won't come in today", "she will not be coming in", "she's off"])
def test_away_without_a_reason_is_still_asked_why(text: str) -> None:
    assert template(hears(text, "N", "reason")) == "absence.reason"


def test_who_is_late_from_a_unit_is_late() -> None:
    outcome = hears("she is at the hub first, in at 10.30", None)
    assert codes(outcome) == ["L"]
    assert template(outcome) == "late.recorded"


def test_with_the_police_and_not_sure_of_it_the_lead_reads() -> None:
    is_left(hears("police have got her at the station", "Y5", "reason"), ("safeguarding_lead",))


def test_of_a_brother_who_has_a_cold_nothing_is_told_to_whoever_cares() -> None:
    understood = means("absence", says("amina"), says("ben", code="O"))
    thread = Thread("mum", cases=[case(), case("ben")])
    outcome = thread.hears(understood, "Amina has a bug and Ben is refusing to come in")
    assert codes(outcome) == ["I", "N"]
    assert [(one.pupils, one.roles) for one in of(outcome, RaiseAlert)] == [(("ben",), PASTORAL)]


def test_one_is_excluded_and_one_is_ill() -> None:
    understood = means("absence", says("amina", code="E"), says("ben"))
    outcome = Thread("mum", cases=[case(), case("ben")]).hears(understood, "Amina is excluded, Ben has a cold")
    assert codes(outcome) == ["N", "I"]
    assert template(outcome) == "absence.recorded"
    assert [(one.pupils, one.roles) for one in of(outcome, RaiseAlert)] == [(("amina",), OFFICE)]
