"""The family's form, wherever its link was sent: what cannot be asked for stands at its field, and nothing is recorded.

The same by text, in Telegram and by e-mail is in tests/scenarios/test_leave_on_every_channel.py.
"""

from __future__ import annotations

import re

import pytest

from office.leave.links import DecisionLink
from service.rehearsal.simulation import LINKS
from tests.office.test_leave_door import GOOD, PLAIN, Door, OpenDoor, open_door
from tests.support.families import STAFF, adult, child

__all__ = ["open_door"]

CHANNELS = ("sms", "telegram", "email")
ON_ALL = {"telegram": "71", "email": "ngozi@home.example"}
MOTHER = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", **ON_ALL)
FATHER = adult("chidi", "Chidi Okafor", 2, "father", "chidi", telegram="72", email="chidi@home.example")
UNCLE = adult("ray", "Ray Okafor", 60, "uncle", "ray", barred=True)
AMINA = child("amina", "Amina Okafor", "ngozi", "chidi", "ray")
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"


async def opened(open_door: OpenDoor) -> Door:
    return await open_door(families=[AMINA], adults=(MOTHER, FATHER, UNCLE), rules=PLAIN, staff=STAFF)


async def link_of(door: Door, who: str, channel: str) -> str:
    await door.school.at("10:05").says(who, "leave form please", channel=channel)
    found = re.search(r"https://school\.example(/leave/form/\S+)", door.school.words_to(who)[-1])
    assert found is not None, door.school.words_to(who)[-1]
    return found[1]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("chosen", "fields", "says"),
    [
        (
            "school:amina",
            {"first_day": "2026-12-09", "last_day": "2026-12-07"},
            "The last day is before the first day.",
        ),
        ("school:amina", {"first_day": "2026-12-21", "last_day": "2026-12-31"}, "is closed on those days"),
        ("school:amina", {"first_day": "2027-12-06", "last_day": "2027-12-07"}, "too far ahead"),
        ("school:amina", {"first_day": "2026-11-09", "last_day": "2026-11-10"}, "cannot be agreed after the event"),
        ("school:ben", {}, "Choose at least one child."),
    ],
    ids=["ends-before-it-starts", "closed", "a-year-ahead", "over", "another-familys-child"],
)
async def test_one_clear_answer_and_nothing_recorded(
    open_door: OpenDoor, channel: str, chosen: str, fields: dict[str, str], says: str
) -> None:
    door = await opened(open_door)
    answer = await door.send(await link_of(door, "ngozi", channel), chosen, **{**GOOD, **fields})
    assert (answer.status_code, says in answer.text) == (422, True), answer.text
    assert "Ben" not in answer.text
    assert await door.requests() == []
    assert not door.school.of_kind("mark")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_two_parents_who_differ_go_to_a_person_with_who_is_barred(open_door: OpenDoor, channel: str) -> None:
    door = await opened(open_door)
    await door.school.at("10:00").says("ngozi", WEDDING)
    path = await link_of(door, "chidi", channel)
    other = {**GOOD, "first_day": "2026-12-09", "last_day": "2026-12-11", "words": "We go to Spain"}
    sent = await door.send(path, "school:amina", **other)
    assert "A member of staff at Blue Coat School will read it" in sent.text
    (request,) = await door.requests()
    assert (request.contact, request.flags) == ("ngozi", ("parents_disagree",))
    told = {line["to"]: line["because"] for line in door.school.of_kind("alert")
            if line["reason"] == "leave_contradicted"}  # fmt: skip
    assert "hart" in told
    assert all("look at the court order first" in because for because in told.values())
    assert "Spain" not in "".join(door.school.words_to("ngozi"))
    link = LINKS.decision(DecisionLink("school", request.id, "hart"), door.school.world.clock.now())
    page = (await door.client.get(link.removeprefix("https://school.example"))).text
    assert "Somebody is barred for this child." in page, "the overlay stands where it is decided"
    assert "Two parents say different things" in page
