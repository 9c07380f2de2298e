"""Links without signing in: the family's form, once, at every school of the family; and one decision by a button."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta

import httpx2
import pytest
from fastapi import FastAPI

from attendance.leave import LeaveRequest
from office.leave import family_form
from office.leave.leave_door import create_leave_door
from office.leave.links import DecisionLink, Links
from office.visit import OfficeSettings
from service.leave.door import LeaveDoor
from service.rehearsal.simulation import LINKS
from service.staff.desk import OfficeDesk
from storage import audit, leave, people, schools
from tests.office.browsing import SECRET
from tests.support.families import AMINA, Person, child
from tests.support.school import School

PLAIN = {"leave.fields": ["dates", "reason"]}
ZOE = child("zoe", "Zoe Okafor", "ngozi", group="9K", year=9)
GOOD = {"first_day": "2026-12-08", "last_day": "2026-12-09", "reason": "family", "words": "My sister's wedding"}
OTHER = "second"


@dataclass
class Door:
    """A school, and a browser at its door."""

    school: School
    client: httpx2.AsyncClient

    async def link(self) -> str:
        """What a parent who asks for the form is sent."""
        await self.school.at("10:00").says("ngozi", "leave form please")
        found = re.search(r"https://school\.example(/leave/form/\S+)", self.school.words_to("ngozi")[-1])
        assert found is not None, self.school.words_to("ngozi")[-1]
        return found[1]

    async def requests(self, school: str = "") -> list[LeaveRequest]:
        async with self.school.world.database.read() as db:
            return await leave.recent(db, school or self.school.world.school_id)

    async def send(self, path: str, *children: str, **fields: str) -> httpx2.Response:
        body = httpx2.QueryParams([*(("child", one) for one in children), *fields.items()])
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self.client.post(path, content=str(body), headers=kind)


OpenDoor = Callable[..., Awaitable[Door]]


@pytest.fixture
async def open_door() -> AsyncIterator[OpenDoor]:
    async with AsyncExitStack() as stack:

        async def open_one(trust: bool = False, families: Sequence[Person] = (AMINA, ZOE), **more: object) -> Door:
            school = await School.open(families, **{"rules": PLAIN, **more})  # type: ignore[arg-type]
            stack.push_async_callback(school.close)
            world = school.world
            ids = [world.school_id]
            if trust:
                await second_school(school)
                ids.append(OTHER)

            async def look() -> None:
                await world.runner.settle()
                await school._look()

            desks = {id: OfficeDesk(world.runner, id) for id in ids}
            door = LeaveDoor(world.runner, desks, LINKS, look)
            app = FastAPI()
            app.mount("/leave", create_leave_door(door, OfficeSettings(SECRET)))
            client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="https://school.example")
            await stack.enter_async_context(client)
            return Door(school, client)

        yield open_one


async def second_school(school: School) -> None:
    """Another school of the trust, where the same mother has a younger child under the same number."""
    world = school.world
    await world.runner.add_school(OTHER, "mary-bassett", {}, None)
    scenario = world.scenario
    (mother,) = [one for one in scenario.contacts() if one.id == "ngozi"]
    (link,) = [one for one in scenario.links() if (one.pupil, one.contact) == ("amina", "ngozi")]
    (amina,) = [one for one in scenario.pupils() if one.id == "amina"]
    async with world.database.begin() as db:
        await schools.add_sender(db, OTHER, "sms", "+447700900990")
        young = replace(amina, id="obi", given="Obi", year=2, group="2P")
        await people.save_people(db, OTHER, [young], [mother], [replace(link, pupil="obi")])


async def test_a_parent_who_asks_is_sent_a_form_that_counts_once(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await door.link()
    shown = await door.client.get(path)
    assert shown.status_code == 200
    assert "Amina" in shown.text
    assert "Zoe" in shown.text
    assert (await door.client.get(path)).status_code == 200, "opening it uses nothing up"
    sent = await door.send(path, "school:amina", "school:zoe", **GOOD)
    assert sent.status_code == 200
    assert "We have your leave request for Amina and Zoe: away from Tue 8 Dec, back Thu 10 Dec." in sent.text
    found = await door.requests()
    assert sorted(one.pupil for one in found) == ["amina", "zoe"]
    assert {(one.code, one.contact, one.state) for one in found} == {("C", "ngozi", "requested")}
    assert {(one.first_day, one.return_day) for one in found} == {(date(2026, 12, 8), date(2026, 12, 10))}
    assert door.school.words_to("ngozi")[-1].startswith("Thanks. We have your leave request for Amina and Zoe")
    assert ("hart", "leave_to_decide") in door.school.alerts("amina")
    again = await door.send(path, "school:amina", **GOOD)
    assert again.status_code == 410
    assert len(await door.requests()) == 2
    (heard,) = [line for line in door.school.of_kind("received", "zoe") if line["channel"] == "form"]
    assert heard["text"] == "My sister's wedding"


async def with_petra(door: Door, *, ngozi_stays: bool) -> None:
    """The list comes anew: Petra, of another family, has Ngozi's number, who is still on the list or not."""
    scenario, world = door.school.world.scenario, door.school.world
    (mother,) = [one for one in scenario.contacts() if one.id == "ngozi"]
    (link,) = [one for one in scenario.links() if (one.pupil, one.contact) == ("amina", "ngozi")]
    (amina,) = [one for one in scenario.pupils() if one.id == "amina"]
    pupils = [*scenario.pupils(), replace(amina, id="max", given="Max", family="Vale")]
    contacts = [one for one in scenario.contacts() if ngozi_stays or one.id != "ngozi"]
    contacts.append(replace(mother, id="petra", name="Petra Vale"))
    links = [one for one in scenario.links() if ngozi_stays or one.contact != "ngozi"]
    links.append(replace(link, pupil="max", contact="petra"))
    async with world.database.begin() as db:
        await people.save_people(db, world.school_id, pupils, contacts, links)
        await schools.touch_people(db, world.school_id)


async def test_a_number_that_two_families_list_is_shown_no_child(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await door.link()
    await with_petra(door, ngozi_stays=True)
    shown = await door.client.get(path)
    assert shown.status_code == 403
    assert "Amina" not in shown.text
    assert "Max" not in shown.text
    before = len(door.school.words_to("ngozi"))
    await door.school.at("10:05").says("ngozi", "leave form please")
    assert "/leave/form/" not in "".join(door.school.words_to("ngozi")[before:])


async def test_a_form_is_closed_when_the_number_is_somebody_elses(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await door.link()
    await with_petra(door, ngozi_stays=False)
    shown = await door.client.get(path)
    assert shown.status_code == 410
    assert "Max" not in shown.text
    sent = await door.send(path, "school:max", **GOOD)
    assert sent.status_code == 410
    assert await door.requests() == []


async def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await door.link()
    answer = await door.send(path, **{**GOOD, "last_day": "2026-12-04"})
    assert answer.status_code == 422
    assert "Choose at least one child." in answer.text
    assert 'aria-invalid="true"' in answer.text
    answer = await door.send(path, "school:amina", **{**GOOD, "last_day": "2026-12-04"})
    assert "The last day is before the first day." in answer.text
    assert "My sister&#39;s wedding" in answer.text
    assert await door.requests() == []
    assert (await door.send(path, "school:amina", **GOOD)).status_code == 200, "a fault uses nothing up"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"first_day": ""}, "Give the first day away."),
        ({"first_day": "nonsense"}, "Give the first day away."),
        ({"reason": "x"}, "Choose a reason."),
        ({"words": "  "}, "Say in a few words why you ask."),
        ({"first_day": "2026-12-24", "last_day": "2026-12-30"}, "Blue Coat School is closed on those days"),
        ({"first_day": "2026-10-12", "last_day": "2026-10-13"}, "These days are over."),
        ({"first_day": "2028-12-04", "last_day": "2028-12-05"}, "too far ahead"),
    ],
)
async def test_faults(open_door: OpenDoor, fields: dict[str, str], says: str) -> None:
    door = await open_door()
    answer = await door.send(await door.link(), "school:amina", **{**GOOD, **fields})
    assert answer.status_code == 422
    assert says in answer.text


async def test_another_familys_child_cannot_be_put_into_the_form(open_door: OpenDoor) -> None:
    door = await open_door()
    answer = await door.send(await door.link(), "school:ben", **GOOD)
    assert (answer.status_code, await door.requests()) == (422, [])


async def test_a_forged_or_old_link_opens_nothing(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await door.link()
    assert (await door.client.get(f"{path}x")).status_code == 410
    await door.school.at("10:00", door.school.world.clock.now().date() + timedelta(days=8)).nothing_heard()
    assert (await door.client.get(path)).status_code == 410


async def test_one_form_for_two_schools_of_a_trust_and_each_decides_on_its_own(open_door: OpenDoor) -> None:
    door = await open_door(trust=True)
    path = await door.link()
    shown = (await door.client.get(path)).text
    assert "Each school decides on its own" in shown
    sent = await door.send(path, "school:amina", f"{OTHER}:obi", **GOOD)
    assert sent.status_code == 200
    (ours,), (theirs,) = await door.requests(), await door.requests(OTHER)
    assert (ours.pupil, theirs.pupil, ours.together) == ("amina", "obi", theirs.together)
    await door.school.at("11:00").staff("hart").refuses("amina", "Examination")
    assert [(await door.requests())[0].state, (await door.requests(OTHER))[0].state] == ["refused", "requested"]


async def test_without_a_public_address_the_parent_is_told_how_to_ask(open_door: OpenDoor) -> None:
    door = await open_door()
    door.school.world.runner.links = None
    await door.school.at("10:00").says("ngozi", "How do I apply for leave? Is there a form")
    assert "write here: your child's name" in door.school.words_to("ngozi")[-1]


# -- one decision ----------------------------------------------------------------------------------------------------


async def decision(door: Door) -> str:
    await door.school.at("10:00").says(
        "ngozi", "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
    )
    mails = [one.text for one in door.school.world.simulators["email"].sent if one.to == "hart@school.example"]
    found = re.search(r"https://school\.example(/leave/decide/\S+)", "\n".join(mails))
    assert found is not None, mails
    return found[1]


async def test_the_head_decides_by_a_link_and_never_by_opening_it(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await decision(door)
    page = await door.client.get(path)
    assert "Opening this page decides nothing" in page.text
    assert "Amina Okafor" in page.text
    (request,) = await door.requests()
    assert request.state == "requested"
    answer = await door.send(path, version=str(request.version), decision="refuse", reason="")
    assert (answer.status_code, "A refusal needs its reason" in answer.text) == (422, True)
    answer = await door.send(path, version=str(request.version), decision="grant", reason="Family wedding")
    assert "Granted." in answer.text
    (granted,) = await door.requests()
    assert (granted.state, granted.decided_by) == ("granted", "Dr Hart, Headteacher")
    async with door.school.world.database.read() as db:
        deeds = await audit.newest(db, door.school.world.school_id)
    assert f"pupil/amina leave/{request.id}" in [deed.subject for deed in deeds if deed.action == "grant"]
    again = await door.send(path, version=str(request.version), decision="refuse", reason="Second thoughts")
    assert again.status_code == 409
    crafted = await door.send(path, version=str(granted.version), decision="refuse", reason="Second thoughts")
    assert crafted.status_code == 409, "the link decides once, whoever has it"
    assert (await door.requests())[0].state == "granted"


async def test_a_link_of_somebody_who_may_not_decide_shows_no_button(open_door: OpenDoor) -> None:
    door = await open_door()
    await decision(door)
    (request,) = await door.requests()
    link = LINKS.decision(DecisionLink("school", request.id, "reed"), door.school.world.clock.now())
    path = link.removeprefix("https://school.example")
    assert "You may not decide on leave today." in (await door.client.get(path)).text
    answer = await door.send(path, version=str(request.version), decision="grant", reason="")
    assert "Only the headteacher decides" in answer.text
    forged = Links("another secret", "https://school.example")
    link = forged.decision(DecisionLink("school", request.id, "hart"), door.school.world.clock.now())
    assert (await door.client.get(link.removeprefix("https://school.example"))).status_code == 410


def test_every_reason_of_the_form_is_one_that_is_decided_under_a_code() -> None:
    assert {code for code, _ in family_form.REASONS.values()} == {"C", "R", "G", "C1", "J1", "S", "T"}


async def test_some_days_are_granted_by_the_link(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await decision(door)
    (request,) = await door.requests()
    page = (await door.client.get(path)).text
    assert page.count('name="day"') == page.count(" checked") == 2
    none = await door.send(path, version=str(request.version), decision="some", reason="One day")
    assert (none.status_code, "No day was ticked" in none.text) == (422, True)
    done = await door.send(path, version=str(request.version), decision="some", day="2026-12-08", reason="One day")
    assert "Granted for some days." in done.text
    (granted,) = await door.requests()
    assert (granted.state, granted.days, granted.reason) == ("granted_in_part", (date(2026, 12, 8),), "One day")
    await door.school.at("10:20").nothing_heard()
    assert "only on Tue 8 Dec, not the other days" in door.school.words_to("ngozi")[-1]


async def test_more_is_asked_by_the_link_and_the_answer_stands_on_it(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await decision(door)
    (request,) = await door.requests()
    empty = await door.send(path, version=str(request.version), decision="ask_more", question=" ")
    assert (empty.status_code, "Write what you want to know" in empty.text) == (422, True)
    done = await door.send(path, version=str(request.version), decision="ask_more", question="Could she travel late?")
    assert "The family is asked in your words" in done.text
    await door.school.at("10:20").nothing_heard()
    assert "the headteacher asks: Could she travel late? Please answer here." in door.school.words_to("ngozi")[-1]
    await door.school.at("10:30").says("ngozi", "No, the ceremony is at noon on the 8th")
    page = (await door.client.get(path)).text
    assert "Could she travel late?" in page
    assert "No, the ceremony is at noon on the 8th" in page
    assert "her aunt&#39;s wedding" in page, "the family's own words"
    assert 'value="grant"' in page, "the same link decides, once it is known"


async def test_a_crafted_day_grants_nothing(open_door: OpenDoor) -> None:
    door = await open_door()
    path = await decision(door)
    for day in ("2026-12-10", "nonsense"):
        answer = await door.send(path, version="0", decision="some", day=day, reason="")
        assert answer.status_code in (409, 422)
    assert (await door.requests())[0].state == "requested"


async def test_another_parents_form_for_other_days_goes_to_a_person(open_door: OpenDoor) -> None:
    door = await open_door()
    await door.school.at("09:50").says(
        "ngozi", "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
    )
    await door.school.at("10:00").says("chidi", "leave form please")
    found = re.search(r"https://school\.example(/leave/form/\S+)", door.school.words_to("chidi")[-1])
    assert found is not None
    sent = await door.send(found[1], "school:amina", **{**GOOD, "first_day": "2026-12-09", "last_day": "2026-12-11"})
    assert "A member of staff at Blue Coat School will read it" in sent.text
    (request,) = await door.requests()
    assert (request.contact, request.flags) == ("ngozi", ("parents_disagree",))
    assert ("hart", "leave_contradicted") in door.school.alerts("amina")
