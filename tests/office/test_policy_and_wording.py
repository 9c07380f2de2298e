"""The policy and the wording as pages: with sources and warnings, and filled for a real child."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.people import Pupil
from messaging.wording import wording
from office.policy.previews import GROUPS, doubled_by, previews
from tests.office.browsing import Opener
from tests.support.families import AMINA, JAN, ZOFIA, adult, child
from tests.support.fixtures import OpenSchool

LUKASZ = child("lukasz", "Łukasz Nowak", "ewa")
EWA = adult("ewa", "Ewa Nowak", 21, "mother", "nowak")


async def test_the_policy_page_says_what_happens_when_and_why(open_office: Opener) -> None:
    office = await open_office(AMINA, policy="west-coventry")
    reed = await office.sign_in("reed")
    await reed.see("/office/policy")
    assert "What West Coventry Academy does, and when" in reed.text
    assert "Asked for beforehand 4 school weeks The school’s policy, 10" in reed.text
    assert "The policy is silent: 15 minutes after the close; silent" in reed.text
    assert "The law: SI 2024/208" in reed.text
    assert "Changed for this rehearsal: the school’s file says otherwise" in reed.text
    assert "R4 The first-day procedure is a picture without words" in reed.text
    assert "rings nowhere" in reed.text
    assert 'href="#R3"' in reed.answer.text
    assert 'id="R3"' in reed.answer.text
    assert len(reed.answer.content) < 100_000


async def test_the_wording_is_shown_for_a_child_who_is_looked_for(open_office: Opener) -> None:
    office = await open_office(AMINA, LUKASZ, adults=[EWA])
    reed = await office.sign_in("reed")
    await reed.see("/office/wording?find=nowak")
    assert "Wording, as Łukasz’s family would read it" in reed.text
    assert "Łukasz was not in registration this morning" in reed.text
    assert "Ł doubles the bill" in reed.text
    assert "1 child has a name that makes texts dearer" in reed.text
    await reed.see("/office/wording?find=nobody")
    assert "Nobody of this name" in reed.text
    assert len(reed.answer.content) < 100_000


async def test_siblings_share_the_text_that_is_for_several(open_office: Opener) -> None:
    office = await open_office(ZOFIA, JAN)
    reed = await office.sign_in("reed")
    assert "Jan and Zofia" in (await reed.see("/office/wording?find=zofia")).text


async def test_a_tutor_previews_a_child_of_the_own_group_only(open_office: Opener) -> None:
    office = await open_office(AMINA, JAN)
    wood = await office.sign_in("wood")
    assert "as Jan’s family" in (await wood.see("/office/wording?pupil=amina")).text
    assert "Amina" not in wood.text


@pytest.mark.parametrize("language", wording().languages())
async def test_every_template_of_every_language_can_be_previewed(open_school: OpenSchool, language: str) -> None:
    school = await open_school(AMINA)
    own = await school.world.runner.school(school.world.school_id)
    found = previews(wording(), own, own.roll.pupils["amina"], language, date(2026, 11, 17))
    shown = [one for _, some in found for one in some]
    assert sorted(one.template for one in shown) == sorted(wording().names())
    assert [title for title, _ in found] == [title for title, _ in GROUPS], "a template belongs to no group of the page"
    for one in shown:
        assert one.words is not None, one.fault
        assert one.purpose, f"{one.template} has no comment that says when it is used"


def test_names_with_letters_that_cost_more_are_found() -> None:
    names = ("Łukasz", "Zoë", "Mo", "René")
    pupils = [Pupil(str(place), name, "Hall", 7, "7M") for place, name in enumerate(names)]
    assert [(pupil.id, letters) for pupil, letters in doubled_by(pupils)] == [("0", ("Ł",)), ("1", ("ë",))]
