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
    await school.at("10:29").says("chidi", "Amina is at the dentist this morning")
    await school.at("13:40").register_closes("pm", without_reason=["amina"])
    assert school.texts()[-1] == ("ngozi", "absence.ask")
    await school.at("13:42").register("pm", amina="L")
    assert [to for to, template in school.texts() if template == "absence.all_clear"] == ["ngozi"]


async def test_a_stopped_send_leaves_for_nobody_and_its_children_are_with_whoever_stopped_it(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR[:3])
    await school.at("09:20").staff("hart").stops()
    live = await school.live_alerts()
    assert not [alert for alert in live if alert.reason == "mass_send_held"]
    assert {alert.pupils: alert.acknowledged_by for alert in live} == {(pupil,): "hart" for pupil in FOUR[:3]}
    assert school.state("amina") == "handed_over"
    await school.at("10:15").nothing_heard()
    assert school.texts() == []
    await school.at("10:21").nothing_heard()
    assert school.alerted("not_settled", "amina") == [("10:20", "okoro")]
    await school.at("12:30").nothing_heard()
    assert school.texts() == []


async def test_whoever_stops_a_send_is_not_written_to_about_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR[:3])
    await school.at("09:20").staff("reed").stops()
    assert school.alerted("not_reached") == []
    assert school.alerted("mass_send_held") == [("09:15", "reed")]


async def test_a_child_of_a_stopped_send_who_is_marked_present_is_settled(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR[:3])
    await school.at("09:20").staff("reed").stops()
    await school.at("09:30").register(amina="/")
    assert school.state("amina") == "settled"
    assert not [alert for alert in await school.live_alerts() if "amina" in alert.pupils]
    await school.at("09:40").says("kelly", "Ben is poorly, back tomorrow")
    assert school.state("ben") == "answered"


async def test_a_release_sends_only_what_is_still_worth_sending(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR)
    await school.at("09:18").register(amina="/")
    await school.at("09:19").says("kelly", "Ben is poorly, back tomorrow")
    await school.at("09:20").staff("reed").settles("callum", "present_after_all")
    await school.at("09:22").staff("reed").releases()
    assert [to for to, template in school.texts() if template.startswith("absence.ask")] == ["agata"]


async def test_a_hold_ends_by_itself_when_none_of_its_children_is_held_any_more(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, rules=BRAKE)
    await school.at("09:15").register_closes(without_reason=FOUR[:3])
    await school.at("09:25").register(amina="/", ben="/", callum="/")
    assert await school.live_alerts() == []
    assert school.texts() == []


async def test_what_a_person_holds_has_a_clock_and_their_name(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:10").provider_down("30m")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:16").staff("reed").holds()
    held = next(alert for alert in await school.live_alerts() if alert.reason == "mass_send_held")
    assert held.acknowledged_by == "reed"
    assert held.due_at is not None
    await school.at("09:50").nothing_heard()
    assert school.texts() == []
    await school.at("09:51").staff("reed").releases()
    assert sorted(to for to, _ in school.texts()) == ["kelly", "ngozi"]
