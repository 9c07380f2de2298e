"""Every route of the office, found by itself: who is refused, and that whoever sees a part of the school sees no more.

A new route is in here without anybody's doing. When it fails, the route lacks a permission, does not ask
`visit.pupil(…)` or `visit.sees(…)`, or has a parameter for which FILL needs a value.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import aclosing
from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from office.permissions import TABLE
from service.web import create_app
from storage import leave
from tests.office.browsing import EVERYBODY, Browser, Opener, OpenOffice
from tests.office.routes import OPEN_TO_ALL, every_route, permission_of
from tests.office.streams import nudge, stream_of_the_board
from tests.support.families import AMINA, CALLUM, child, staff

OWN = {**AMINA, "house": "Calder", "tags": ["social_worker"]}
FOREIGN = {**CALLUM, "group": "9K", "year": 9, "house": "Ryburn", "tags": ["social_worker"]}
NO_YEAR = staff("vale", "Mr Vale", "Leader of Year", "leader_of_year", 912)
NAMES = re.compile(r"Callum|Haddow|Fiona|Moira|07700 ?900006|\+447700900006|sunburn")
"""What must not be read by those who do not see the child of the other group and house."""
SEARCH = "find=hadd&pupil=callum&group=9K&contact=fiona&with=fiona&list=few&year=9&house=Ryburn&day=2026-11-09"
PART_OF_THE_SCHOOL = ["lane", "quill", "york"]
"""A tutor of 7M, the head of Calder House, and the leader of Year 7."""
OUTSIDE = {
    "/twilio/sms": "Twilio's signature",
    "/twilio/status": "Twilio's signature",
    "/telegram": "Telegram's secret",
    "/": "only leads to the board",
    "/health": "says nothing of anybody",
    "/ready": "says nothing of anybody",
    "/metrics": "numbers about no person",
    "/api/openapi.json": "says which paths there are",
}
"""Every route outside the office, and what keeps others out of it or why nothing has to."""


@dataclass
class Morning:
    """An office with two children: Amina of 7M and Calder, and Callum of 9K and Ryburn."""

    office: OpenOffice
    fill: dict[str, str]


async def _morning(open_office: Opener) -> Morning:
    office = await open_office(OWN, FOREIGN, rules={"firstday.notify_roles": ["safeguarding_lead"]})
    school, world = office.school, office.school.world
    await school.at("08:10").says(
        "fiona", "Callum has sunburn and a temperature, he is off today and back on Thursday", id="m-1"
    )
    await school.at("08:20").says("fiona", "We want to take Callum to Spain from 7 December to 11 December")
    await school.at("09:15").register_closes(without_reason=["amina", "callum"])
    async with world.database.read() as db:
        asked = await leave.open(db, world.school_id)
    fill = {
        "pupil": "callum",
        "contact": "fiona",
        "group": "9K",
        "half": "am",
        "number": "0",
        "message": "m-1",
        "leave_id:path": asked[0].id if asked else "none",
        "provider": "google",
        "name": "office.css",
    }
    return Morning(office, fill)


def _address(path: str, fill: dict[str, str]) -> str:
    missing = [name for name in re.findall(r"{([^}]+)}", path) if name not in fill]
    assert not missing, (
        f"{path} has a parameter {missing[0]}: say in _morning's `fill` what it is for the foreign child"
    )
    return "/office" + re.sub(r"{([^}]+)}", lambda found: fill[found[1]], path)


async def _token(browser: Browser) -> str:
    await browser.see("/office/sign-in")
    return str(dict(browser.form("/office/sign-in")["fields"])["csrf"])


async def test_every_route_states_one_permission(open_office: Opener) -> None:
    office = await open_office(AMINA)
    for method, path, route in every_route(office.app):
        if path not in OPEN_TO_ALL:
            assert permission_of(route), f"{method} {path} states no permission: give it `Depends(needs(…))`"
        else:
            assert not permission_of(route)


@pytest.mark.parametrize("who", ["pike", "lane", "quill", "york", "trent", "beddoes"])
async def test_whoever_lacks_the_permission_is_refused_at_every_route(open_office: Opener, who: str) -> None:
    morning = await _morning(open_office)
    browser = await morning.office.sign_in(who)
    token = await _token(browser)
    role = next(one.roles[0] for one in morning.office.school.world.scenario.staff() if one.id == who)
    refused = 0
    for method, path, route in every_route(morning.office.app):
        needed = permission_of(route)
        if not needed or needed == "own_account" or needed in TABLE[role]:
            continue
        address = _address(path, morning.fill)
        await (browser.see(address) if method == "GET" else browser.send(address, [("csrf", token)]))
        assert browser.status == 403, f"{role} may {method} {path} without {needed}"
        assert not NAMES.search(browser.answer.text)
        refused += 1
    assert refused > 2


@pytest.mark.parametrize("token", [[], [("csrf", "of another browser")]])
async def test_no_form_counts_without_the_token_of_its_own_browser(
    open_office: Opener, token: list[tuple[str, str]]
) -> None:
    morning = await _morning(open_office)
    browser, school = await morning.office.sign_in("hart"), morning.office.school
    before, deeds = (await school.live_alerts(), len(school.texts())), await morning.office.audit()
    tried = 0
    for method, path, _ in every_route(morning.office.app):
        if method != "POST":
            continue
        await browser.send(
            _address(path, morning.fill), [*token, ("key", "x"), ("text", "x"), ("outcome", "not_reached")]
        )
        assert browser.status == 403, f"{path} took a form without its token"
        assert "That form did not count" in browser.text
        tried += 1
    assert tried > 30
    assert (await school.live_alerts(), len(school.texts())) == before
    assert await morning.office.audit() == deeds


@pytest.mark.parametrize("who", PART_OF_THE_SCHOOL)
async def test_whoever_sees_a_part_of_the_school_sees_no_other_child_on_any_page(open_office: Opener, who: str) -> None:
    morning = await _morning(open_office)
    browser = await morning.office.sign_in(who)
    assert "Amina" in browser.text
    for method, path, route in every_route(morning.office.app):
        if method != "GET" or not permission_of(route):
            continue
        address = _address(path, morning.fill)
        if {"pupil", "contact", "message", "group"} & set(re.findall(r"{([^}:]+)", path)):
            await browser.see(address)
            assert browser.status in (403, 404), f"{who} gets {path} of a child whom they do not see"
        elif path.endswith(("/live", "/stream")):
            continue  # the same parts as /parts, without end
        else:
            for asked in ("", f"?{SEARCH}&id={morning.fill['leave_id:path']}"):
                await browser.see(address + asked)
                assert browser.status < 500
                assert (found := NAMES.search(browser.answer.text)) is None, f"{who} reads {found} on {path}{asked}"


@pytest.mark.parametrize("who", PART_OF_THE_SCHOOL)
async def test_whoever_sees_a_part_of_the_school_changes_nothing_about_another_child(
    open_office: Opener, who: str
) -> None:
    morning = await _morning(open_office)
    school, fill = morning.office.school, morning.fill
    keys = [alert.key for alert in await school.live_alerts() if "callum" in alert.pupils]
    before = (school.state("callum"), await school.live_alerts(), len(school.texts()))
    browser = await morning.office.sign_in(who)
    token = await _token(browser)
    fields = [
        ("csrf", token), ("pupil", "callum"), ("contact", "fiona"), ("to", "fiona"), ("id", fill["leave_id:path"]),
        ("outcome", "present_after_all"), ("text", "hello"), ("decision", "grant"), ("what", "ring"), ("came", "spoke"),
        ("code", "I"), ("reason", "x"), ("mark.callum", "/"),
        ("key", keys[0] if keys else "none"), ("keys", "\n".join(keys)),
    ]  # fmt: skip
    for method, path, route in every_route(morning.office.app):
        if method != "POST" or permission_of(route) in ("", "own_account"):
            continue
        await browser.send(_address(path, fill), fields)
        assert NAMES.search(browser.answer.text) is None, f"{who} reads of another child in the answer of {path}"
        if "{" in path:
            assert browser.status in (403, 404), f"{who} posts to {path} of a child whom they do not see"
    assert (school.state("callum"), await school.live_alerts(), len(school.texts())) == before


@pytest.mark.parametrize("who", PART_OF_THE_SCHOOL)
async def test_an_open_board_of_a_part_of_the_school_hears_of_no_other_child(open_office: Opener, who: str) -> None:
    morning = await _morning(open_office)
    browser = await morning.office.sign_in(who)
    async with aclosing(await stream_of_the_board(morning.office, browser)) as events:
        first = json.loads((await anext(events)).data or "")
        assert [one for name in first["lists"] for one in first["lists"][name] if "row-amina" in one]
        await morning.office.school.at("09:20").says("fiona", "Callum is back on Friday after all")
        await morning.office.school.at("09:21").says("ngozi", "Amina is poorly, back tomorrow")
        nudge(morning.office)
        async with asyncio.timeout(30):
            second = (await anext(events)).data or ""
    assert "row-amina" in second
    for heard in (json.dumps(first), second):
        assert "callum" not in heard.casefold()
        assert NAMES.search(heard) is None


@pytest.mark.parametrize("who", ["quill", "york"])
async def test_figures_of_a_house_or_a_year_count_its_own_children(open_office: Opener, who: str) -> None:
    morning = await _morning(open_office)
    await morning.office.school.at("09:30").says("ngozi", "Amina has a cough, off today")
    mine, everybody = await morning.office.sign_in(who), await morning.office.sign_in("hart")
    for path, own, foreign in (
        ("/office/figures", "7M", "9K"),
        ("/office/figures/illness.csv", ",7M,1", "9K"),
    ):
        await mine.see(path)
        await everybody.see(path)
        assert foreign in everybody.text, path
        assert foreign not in mine.text, path  # what can be read; a form's secret may hold any letters
        assert own in mine.text, path
    await mine.see("/office/figures")
    assert "Of the children on your list." in mine.text


async def test_a_leader_of_year_sees_those_years_and_nobody_without_one(open_office: Opener) -> None:
    office = await open_office(OWN, FOREIGN, staff=[*EVERYBODY, NO_YEAR])
    await office.school.at("09:15").register_closes(without_reason=["amina", "callum"])
    york, vale = await office.sign_in("york"), await office.sign_in("vale")
    assert "Amina Okafor" in york.text
    assert "Callum" not in york.text
    assert (await york.see("/office/child/callum")).status == 404
    assert "Amina" not in vale.text
    assert "Callum" not in vale.text


async def test_outside_the_office_every_route_is_known(open_office: Opener) -> None:
    app: FastAPI = create_app(lambda: pytest.fail("not opened"))
    known = {path for _, path, _ in every_route(app)} | {getattr(one, "path", "") for one in app.routes} - {""}
    assert known <= set(OUTSIDE), f"say in OUTSIDE what keeps others out of {sorted(known - set(OUTSIDE))}"


async def test_a_head_of_house_sees_the_own_house_and_whom_an_alert_named(open_office: Opener) -> None:
    sibling = child("dora", "Dora Haddow", "fiona", group="7M", house="Calder")
    office = await open_office(OWN, FOREIGN, sibling, rules={"firstday.notify_roles": ["head_of_house"]})
    await office.school.at("09:15").register_closes(without_reason=["amina", "callum", "dora"])
    quill, reid = await office.sign_in("quill"), await office.sign_in("reid")
    assert "Amina Okafor" in quill.text
    assert "Dora Haddow" in quill.text
    assert "Callum" not in quill.text
    assert "Callum Haddow" in reid.text
    assert "Amina" not in reid.text
    assert ("quill", "vulnerable_absent") in office.school.alerts("amina")
    assert ("reid", "vulnerable_absent") in office.school.alerts("callum")
    nobody = await office.sign_in("noble")
    assert "Amina" not in nobody.text
    assert (await nobody.see("/office/child/amina")).status == 404


async def test_whom_an_alert_told_of_a_child_may_see_it_whatever_the_house(open_office: Opener) -> None:
    lost = {**FOREIGN, "named_person": "quill"}
    office = await open_office(OWN, lost, rules={"firstday.notify_roles": ["head_of_house"]})
    await office.school.at("09:15").register_closes(without_reason=["callum"])
    assert "Callum Haddow" in (await office.sign_in("quill")).text


@pytest.mark.parametrize(("who", "says_why"), [("reed", True), ("quill", True), ("beddoes", False), ("lane", False)])
async def test_why_a_child_comes_first_is_for_those_whose_role_says_so(
    open_office: Opener, who: str, says_why: bool
) -> None:
    rules = {"firstday.notify_workers": ["social_worker"], "firstday.notify_roles": ["safeguarding_lead"]}
    office = await open_office(OWN, FOREIGN, rules=rules)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    browser = await office.sign_in(who)
    for path in ("/office/", "/office/child/amina", "/office/call-sheet"):
        await browser.see(path)
        if browser.status == 403:
            continue
        assert ("social worker" in browser.text.casefold()) == says_why, f"{who} on {path}"
        if path != "/office/child/amina":
            assert says_why or "priority" in browser.text


async def test_whoever_may_not_read_a_disclosure_sees_who_has_it(open_office: Opener) -> None:
    office = await open_office(OWN, FOREIGN)
    await office.school.at("09:00").says(
        "ngozi", "Amina is off today, her stepdad hit her last night and she is scared"
    )
    beddoes, okoro = await office.sign_in("beddoes"), await office.sign_in("okoro")
    for path in ("/office/", "/office/child/amina"):
        await beddoes.see(path)
        assert "hit her" not in beddoes.answer.text
        assert "Mrs Okoro was told at 09:00." in beddoes.text
    await okoro.see("/office/child/amina")
    await okoro.press("/office/child/amina/acknowledge")
    for path in ("/office/", "/office/child/amina"):
        assert "Mrs Okoro has it since" in (await beddoes.see(path)).text
