"""Promise 7. Far more cases than usual: the send is held, on the ladder; the all-clear is for those who were told."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, CALLUM, ZOFIA
from tests.support.fixtures import OpenSchool

BRAKE = {
    "brake.usual": 1,
    "brake.more_than": 2,
    "firstday.priority_list": ["social_worker"],
    "firstday.notify_roles": ["safeguarding_lead"],
}
FOUR = ["amina", "ben", "callum", "zofia"]


async def test_held_until_somebody_releases_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR)
    assert school.texts() == []
    assert school.of_kind("held")
    assert school.alerted("mass_send_held") == [("09:15", "reed")]
    await school.at("09:22").staff("reed").releases()
    assert sorted(to for to, _ in school.texts()) == ["agata", "fiona", "kelly", "ngozi"]


async def test_a_child_of_a_risk_tier_is_never_held(open_school: OpenSchool) -> None:
    school = await open_school({**AMINA, "tags": ["social_worker"]}, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR)
    assert school.texts() == [("ngozi", "absence.ask")]
    assert ("09:15", "okoro") in school.alerted("vulnerable_absent", "amina")


async def test_released_wrongly_the_all_clear_goes_once_to_exactly_those_who_were_told(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR[:3])
    await school.at("09:20").staff("reed").releases()
    await school.at("09:26").register(amina="/", ben="/", callum="/")
    await school.at("09:27").staff("reed").gives_the_all_clear()
    cleared = [to for to, template in school.texts() if template == "absence.all_clear"]
    assert sorted(cleared) == ["fiona", "kelly", "ngozi"]


async def test_what_is_still_queued_is_cancelled_by_a_present_mark(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:10").provider_down("30m")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:20").register(amina="/")
    await school.at("09:50").nothing_heard()
    assert school.texts("amina") == []
    assert school.texts("ben") == [("kelly", "absence.ask")]


async def test_one_mark_that_ends_morning_and_afternoon_is_one_all_clear(open_school: OpenSchool) -> None:
    rules = {"firstday.afternoon_deadline": "14:45"}
    school = await open_school(AMINA, rules=rules)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("10:29").says("chidi", "Amina is at the dentist this morning, in by 11")
    await school.at("13:40").register_closes("pm", without_reason=["amina"])
    assert school.texts()[-1] == ("ngozi", "absence.ask")
    await school.at("13:42").register("pm", amina="L")
    assert [to for to, template in school.texts() if template == "absence.all_clear"] == ["ngozi"]
