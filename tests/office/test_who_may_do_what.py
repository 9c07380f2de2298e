"""Permissions: every route states one, every role is held to it, a tutor sees the own group, few read disclosures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from attendance.people import Pupil, StaffMember
from office.app import create_office
from office.permissions import PERMISSIONS, TABLE, as_table, permissions_of, sees, sees_whole_school
from office.visit import OfficeSettings
from service.staff.desk import OfficeDesk
from tests.office.browsing import SECRET, Browser, Opener
from tests.office.routes import OPEN_TO_ALL, every_route, permission_of
from tests.support.families import AMINA, BEN, JAN, ZOFIA, adult, child
from tests.support.fixtures import OpenSchool

NEEDED = {
    ("GET", "/"): "see_board",
    ("GET", "/board/live"): "see_board",
    ("POST", "/board/parts"): "see_board",
    ("POST", "/child/{pupil}/acknowledge"): "act",
    ("POST", "/alert/acknowledge"): "act",
    ("POST", "/alert/close"): "act",
    ("POST", "/child/{pupil}/confirm"): "change_register",
    ("POST", "/confirm"): "change_register",
    ("POST", "/send/release"): "hold",
    ("POST", "/send/hold"): "hold",
    ("POST", "/send/stop"): "hold",
    ("POST", "/all-clear"): "hold",
    ("POST", "/task/finish"): "act",
    ("POST", "/leave/{leave_id:path}"): "decide_leave",
    ("GET", "/leave-requests"): "see_story",
    ("GET", "/leave-requests/one"): "see_story",
    ("POST", "/leave-requests/decide"): "decide_leave",
    ("GET", "/leave-requests/letter"): "see_story",
    ("POST", "/leave-requests/letter/release"): "write",
    ("GET", "/child/{pupil}"): "see_story",
    ("GET", "/child/{pupil}/stream"): "see_story",
    ("POST", "/child/{pupil}/parts"): "see_story",
    ("POST", "/child/{pupil}/promise"): "act",
    ("POST", "/child/{pupil}/note"): "act",
    ("POST", "/child/{pupil}/rang/{contact}"): "act",
    ("POST", "/child/{pupil}/visited"): "act",
    ("POST", "/child/{pupil}/all-clear"): "hold",
    ("GET", "/child/{pupil}/file/{message}/{number}"): "see_story",
    ("POST", "/child/{pupil}/settle"): "act",
    ("POST", "/child/{pupil}/amend"): "change_register",
    ("POST", "/child/{pupil}/write/{contact}"): "write",
    ("POST", "/child/{pupil}/invite/{contact}"): "write",
    ("POST", "/child/{pupil}/thread/{contact}"): "write",
    ("GET", "/audit"): "see_audit",
    ("GET", "/audit.csv"): "see_audit",
    ("GET", "/account"): "own_account",
    ("POST", "/account/begin"): "own_account",
    ("POST", "/account/confirm"): "own_account",
    ("POST", "/account/codes"): "own_account",
    ("POST", "/account/off"): "own_account",
    ("POST", "/account/password"): "own_account",
    ("GET", "/messages"): "write",
    ("GET", "/messages/live"): "write",
    ("POST", "/messages/parts"): "write",
    ("POST", "/messages/cost"): "write",
    ("POST", "/messages/write"): "write",
    ("POST", "/messages/thread"): "write",
    ("GET", "/call-sheet"): "see_call_sheet",
    ("GET", "/call-sheet.pdf"): "see_call_sheet",
    ("GET", "/minutes"): "see_board",
    ("GET", "/policy"): "see_policy",
    ("GET", "/figures"): "see_figures",
    ("GET", "/figures/days.csv"): "see_figures",
    ("GET", "/figures/illness.csv"): "see_figures",
    ("GET", "/wording"): "see_policy",
    ("GET", "/people"): "see_people",
    ("GET", "/staff"): "see_people",
    ("POST", "/staff/away"): "hold",
    ("GET", "/people/{pupil}"): "see_people",
    ("POST", "/people/{pupil}/{contact}"): "change_people",
    ("POST", "/people/{pupil}/{contact}/lift"): "lift_bar",
    ("POST", "/people/{pupil}/{contact}/release"): "lift_bar",
    ("POST", "/people/{pupil}/{contact}/again"): "change_people",
    ("POST", "/people/{pupil}/{contact}/language"): "change_people",
    ("GET", "/register/{group}/{half}"): "take_register",
    ("POST", "/register/{group}/{half}"): "take_register",
    ("POST", "/register/{group}/{half}/nudge"): "act",
}


async def test_every_route_states_its_permission(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    desk = OfficeDesk(school.world.runner, school.world.school_id)
    office = create_office(desk, OfficeSettings(SECRET))
    stated = {(method, path): permission_of(route) for method, path, route in every_route(office)}
    assert {key: found for key, found in stated.items() if key[1] not in OPEN_TO_ALL} == NEEDED


def test_every_role_of_the_vocabulary_is_in_the_table() -> None:
    roles = (
        "attendance_officer office teacher tutor head_of_house assistant_head_of_house leader_of_year pastoral "
        "safeguarding_lead senior_attendance_champion senior_leader deputy_headteacher headteacher senco "
        "family_support_worker trust_attendance_lead local_authority_officer social_worker yot_worker it"
    )
    assert set(TABLE) == {*roles.split(), "administrator"}
    assert all(granted <= set(PERMISSIONS) for granted in TABLE.values())


def test_leave_is_decided_by_the_role_that_the_policy_names() -> None:
    assert "decide_leave" in permissions_of(["headteacher"])
    assert "decide_leave" not in permissions_of(["headteacher"], "senior_leader")
    assert "decide_leave" in permissions_of(["senior_leader"], "senior_leader")
    assert permissions_of(["social_worker", "it", "no_such_role"]) == frozenset()
    assert not sees_whole_school(["tutor", "teacher", "it"])
    assert sees_whole_school(["tutor", "senior_leader"])
    assert not sees_whole_school(["tutor", "head_of_house"])


async def _refused(browser: Browser, path: str, fields: list[tuple[str, str]]) -> bool:
    await browser.send(path, fields)
    return browser.status == 403


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lane", {"act"}),
        ("beddoes", {"act", "change_register", "write", "hold"}),
        ("hart", {"act", "change_register", "write", "hold", "decide_leave"}),
        ("pike", set()),
    ],
)
async def test_a_role_can_do_what_its_permissions_say_and_nothing_more(
    open_office: Opener, who: str, may: set[str]
) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    person = await office.sign_in(who)
    other = await office.sign_in("beddoes")
    token = person.client.cookies and (await _token(person))
    asked = {
        "act": "/office/child/amina/settle",
        "change_register": "/office/confirm",
        "write": "/office/child/amina/write/ngozi",
        "hold": "/office/all-clear",
        "decide_leave": "/office/leave/none",
    }
    allowed = set()
    for permission, path in asked.items():
        fields = [("csrf", token), ("pupil", "amina"), ("outcome", "nonsense"), ("back", "/office/")]
        if not await _refused(person, path, fields):
            allowed.add(permission)
    assert allowed == may
    assert (await other.see("/office/")).status == 200


async def _token(browser: Browser) -> str:
    """The token of this browser's pages, also of somebody whose role sees none: the sign-in form carries it."""
    await browser.see("/office/sign-in")
    return dict(browser.form("/office/sign-in")["fields"])["csrf"]


async def test_the_network_manager_sees_no_child(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    pike = await office.sign_in("pike")
    for path in (
        "/office/",
        "/office/board/live",
        "/office/child/amina",
        "/office/call-sheet",
        "/office/register/7M/am",
    ):
        await pike.see(path)
        assert pike.status == 403
        assert "Amina" not in pike.answer.text


async def test_a_tutor_sees_the_own_group_only(open_office: Opener) -> None:
    office = await open_office(AMINA, ZOFIA, JAN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "zofia", "jan"])
    lane, wood = await office.sign_in("lane"), await office.sign_in("wood")
    assert "Amina Okafor" in lane.text
    assert "Zofia Wilk" in lane.text
    assert "Jan Wilk" not in lane.text
    assert "Jan Wilk" in wood.text
    assert "Amina" not in wood.text
    assert (await lane.see("/office/child/jan")).status == 404
    assert "Jan" not in lane.text
    assert (await wood.see("/office/child/jan")).status == 200
    token = dict(wood.form("/office/child/jan/settle")["fields"])["csrf"]
    await wood.send("/office/child/amina/settle", [("csrf", token), ("outcome", "present_after_all")])
    assert wood.status == 404
    assert office.school.state("amina") == "asked"
    assert (await wood.see("/office/call-sheet")).status == 403


async def test_a_tutor_touches_no_alert_of_another_group(open_office: Opener) -> None:
    office = await open_office(AMINA, JAN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("12:00").nothing_heard()
    wood = await office.sign_in("wood")
    key = next(alert.key for alert in await office.school.live_alerts() if "amina" in alert.pupils)
    await wood.see("/office/sign-in")
    token = dict(wood.form("/office/sign-in")["fields"])["csrf"]
    for path in ("/office/alert/close", "/office/alert/acknowledge"):
        await wood.send(path, [("csrf", token), ("key", key)])
        assert wood.status == 404
    alert = next(alert for alert in await office.school.live_alerts() if alert.key == key)
    assert alert.acknowledged_by is None


async def test_a_disclosure_is_read_by_those_whose_role_says_so(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:00").says(
        "ngozi", "Amina is off today, her stepdad hit her last night and she is scared"
    )
    beddoes, okoro = await office.sign_in("beddoes"), await office.sign_in("okoro")
    for path in ("/office/", "/office/child/amina"):
        await beddoes.see(path)
        assert "hit her" not in beddoes.answer.text
        assert "These words are for the safeguarding lead." in beddoes.text
        await okoro.see(path)
        assert "her stepdad hit her last night" in okoro.text


async def test_whom_the_ladder_told_of_a_disclosure_may_read_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:00").says(
        "ngozi", "Amina is off today, her stepdad hit her last night and she is scared"
    )
    assert "hit her" not in (await office.sign_in("reed")).answer.text
    await office.school.at("09:16").nothing_heard()
    assert ("reed", "safeguarding") in office.school.alerts("amina")
    assert "her stepdad hit her last night" in (await office.sign_in("reed")).text


async def test_whoever_was_told_to_find_a_child_reads_what_was_said_of_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "I don't know where she is")
    received = office.school.of_kind("received")[-1]
    assert received["understood"]["safeguarding"]
    assert "I don't know where she is" in (await office.sign_in("reed")).text
    assert "I don't know where she is" not in (await office.sign_in("beddoes")).answer.text
    assert "These words are for the safeguarding lead." in (await office.sign_in("lane")).text


async def test_leave_is_decided_by_the_head_who_must_give_a_reason_for_a_refusal(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says(
        "ngozi", "We would like to take Amina on holiday from 7 December to 11 December"
    )
    reed, hart = await office.sign_in("reed"), await office.sign_in("hart")
    assert "wait for the headteacher" in reed.text.replace("waits", "wait")
    path = next(form for form in _forms(hart) if form.startswith("/office/leave/"))
    assert not reed.offers(path)
    await hart.press(path, decision="refuse")
    assert "A refusal needs its reason" in hart.text
    await hart.press(path, decision="grant", reason="Close family")
    assert "Leave granted for Amina; the family is told." in hart.text
    assert [line["state"] for line in office.school.of_kind("leave", "amina")] == ["requested", "asking", "granted"]


def _forms(browser: Browser) -> list[str]:
    from tests.office.browsing import _Page

    return [form["action"] for form in _Page(browser.answer.text).forms]


def test_the_table_in_the_docs_is_that_of_the_code() -> None:
    text = (Path(__file__).parents[2] / "docs" / "roles.md").read_text(encoding="utf-8")
    assert as_table() in text, "write office.permissions.as_table() into docs/roles.md"


def test_a_role_on_the_staff_list_decides_by_group_and_house_only_where_the_role_is_for_one() -> None:
    amina = Pupil("a", "Amina", "Okafor", 7, "7M", house="Calder")
    head = StaffMember("h", "H", "Head of Calder", ("head_of_house",), group="7M", house="Calder")
    assert sees(head, head.roles, amina)
    assert not sees(replace(head, house="Ryburn"), head.roles, amina)
    assert not sees(replace(head, house=None), head.roles, replace(amina, house=""))
    tutor = StaffMember("t", "T", "Tutor", ("tutor",), group="7M", house="Ryburn")
    assert sees(tutor, tutor.roles, amina)
    assert not sees(replace(tutor, group="9K", house="Calder"), tutor.roles, amina)
    worker = StaffMember("s", "S", "Social worker", ("social_worker",), group="7M", house="Calder")
    assert not sees(worker, worker.roles, amina)


async def test_a_disclosure_is_taken_and_ended_by_those_who_may_read_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Her stepdad hit her last night and I don't know where she is")
    harm = next(alert for alert in await office.school.live_alerts() if alert.reason == "safeguarding")
    beddoes, okoro = await office.sign_in("beddoes"), await office.sign_in("okoro")
    await beddoes.press("/office/child/amina/acknowledge")
    taken = {alert.reason: alert.acknowledged_by for alert in await office.school.live_alerts()}
    assert taken["missing"] == "beddoes"
    assert taken["safeguarding"] is None
    token = str(dict(beddoes.form("/office/sign-out")["fields"])["csrf"])
    for path in ("/office/alert/close", "/office/alert/acknowledge"):
        await beddoes.send(path, [("csrf", token), ("key", harm.key)])
        assert "taken and ended by the safeguarding lead" in beddoes.text
    await beddoes.see("/office/child/amina")
    assert not beddoes.offers("/office/alert/close")
    await beddoes.press("/office/child/amina/settle", outcome="answered_other")
    await beddoes.see("/office/")
    assert "Amina" not in beddoes.band("act")
    assert "With the safeguarding team Mrs Okoro was told at 09:20." in beddoes.band("wait")
    assert "Amina" in (await okoro.see("/office/")).band("act")
    await okoro.press("/office/child/amina/acknowledge")
    await okoro.see("/office/child/amina")
    assert "It is in the safeguarding record: close" in okoro.text
    await okoro.press("/office/alert/close")
    assert not [alert for alert in await office.school.live_alerts() if "amina" in alert.pupils]
    for browser in (beddoes, okoro):
        await browser.see("/office/")
        assert "Amina" in browser.band("settled")


async def test_what_settling_does_not_end_has_an_end_of_its_own(open_office: Opener) -> None:
    dean = adult("dean", "Dean Tolliver", 20, "father", "elsewhere", barred=True)
    office = await open_office(child("maisie", "Maisie Tolliver", "kelly", "dean"), BEN, adults=[dean])
    await office.school.at("09:20").says("dean", "I want to know where Maisie is")
    reed = await office.sign_in("reed")
    assert "A barred contact wrote" in reed.band("act")
    await reed.press("/office/child/maisie/acknowledge")
    await reed.see("/office/child/maisie")
    assert "Dealt with: close" in reed.text
    await reed.press("/office/alert/close")
    assert "Maisie" not in reed.band("act")
