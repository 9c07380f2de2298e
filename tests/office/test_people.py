"""People: found by name, thin lists, and what a person decides about a contact and no import clears."""

from __future__ import annotations

from attendance.people import AddressState
from service.importing import import_people
from storage import outbox, people
from tests.office.browsing import Opener, OpenOffice
from tests.support.families import AMINA, BEN, CALLUM, JAN, ZOFIA
from tests.support.school import DAY

PAGE = "/office/people/amina"
MOTHER, FATHER = f"{PAGE}/ngozi", f"{PAGE}/chidi"
EXPORT = """pupil_id,forename,surname,year,reg group,contact_id,contact_name,relation,priority,phone
amina,Amina,Okafor,7,7M,ngozi,Ngozi Okafor,Mother,1,07700900001
amina,Amina,Okafor,7,7M,chidi,Chidi Okafor,Father,2,07700900002
"""


async def test_a_child_is_found_by_its_name_or_by_that_of_a_contact(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, ZOFIA)
    reed = await office.sign_in("reed")
    assert "Ben Tolliver" not in (await reed.see("/office/people")).text
    assert "Ben Tolliver" in (await reed.see("/office/people?find=toll")).text
    assert "Ben Tolliver" in (await reed.see("/office/people?find=KELLY")).text
    await reed.see("/office/people?find=agata")
    assert "Zofia Wilk" in reed.text
    assert "Ben" not in reed.text
    assert "Nobody of this name" in (await reed.see("/office/people?find=nobody")).text


async def test_the_lists_that_want_work(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, ZOFIA, CALLUM)
    async with office.school.world.database.begin() as db:
        await people.set_address_state(
            db, office.school.world.school_id, "sms", "+447700900007", AddressState.BAD, "bad_number 30005",
            office.school.world.clock.now(),
        )  # fmt: skip
    reed = await office.sign_in("reed")
    await reed.see("/office/people?list=few")
    assert "2 Fewer than two can be rung 3 Nobody outside the household 1 Numbers that failed" in reed.text
    assert "Ben Tolliver" in reed.text
    assert "Callum Haddow" in reed.text  # his grandmother's number is dead
    assert "Zofia" not in reed.text
    await reed.see("/office/people?list=home")
    assert "Zofia Wilk" in reed.text
    assert "Amina Okafor" not in reed.text
    await reed.see("/office/people?list=numbers")
    assert "07700 900007 Moira Haddow Callum Haddow Does not work bad number 30005" in reed.text


async def test_a_tutor_finds_the_own_group_only_and_changes_nothing(open_office: Opener) -> None:
    office = await open_office(AMINA, JAN)
    wood = await office.sign_in("wood")
    assert "Amina" not in (await wood.see("/office/people?find=a")).text
    assert "Jan Wilk" in wood.text
    assert (await wood.see(PAGE)).status == 404
    await wood.see("/office/people/jan")
    assert not wood.offers("/office/people/jan/agata")


async def test_a_bar_needs_its_reason_and_stops_every_text(open_office: Opener) -> None:
    office = await open_office(AMINA)
    reed = await office.sign_in("reed")
    await (await reed.see(PAGE)).press(MOTHER, barred="yes", may_report="")
    assert "Write down why the contact is barred" in reed.text
    await reed.press(MOTHER, barred="yes", may_report="", note="Order of 12 October 2026")
    assert "Ngozi Okafor is barred for this child from now on" in reed.text
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("12:05").nothing_heard()
    assert [to for to, _ in office.school.texts("amina")] == ["chidi"]
    assert ("reed", "change_contact", "pupil/amina contact/ngozi") in await office.audit()
    reed = await office.sign_in("reed")
    assert "Ngozi Okafor was barred" in (await reed.see("/office/child/amina")).text


async def test_a_bar_stops_words_that_wait_for_the_morning(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    world = office.school.world
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    waits = (await _queued(office))[0]
    async with world.database.begin() as db:
        await outbox.add(db, world.school_id, [waits])
    await (await reed.see(PAGE)).press(MOTHER, barred="yes", may_report="", note="Order of 12 October 2026")
    async with world.database.read() as db:
        found = await outbox.by_id(db, world.school_id, waits.message_id)
    assert found is not None
    assert found.state == "cancelled"


async def _queued(office: OpenOffice) -> list[outbox.OutboxRow]:
    """What was sent to Amina's mother, as it would wait until the quiet hours are over."""
    from dataclasses import replace
    from datetime import timedelta

    async with office.school.world.database.read() as db:
        rows = await outbox.of_pupil(db, office.school.world.school_id, "amina")
    later = office.school.world.clock.now() + timedelta(hours=20)
    return [
        replace(row, message_id="waits", key="waits", state="queued", try_at=later, not_before=later, not_after=None,
                provider_id=None)
        for row in rows
        if row.contact_id == "ngozi"
    ]  # fmt: skip


async def test_only_a_lead_lifts_a_bar_and_says_why(open_office: Opener) -> None:
    office = await open_office(AMINA)
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    await (await reed.see(PAGE)).press(MOTHER, barred="yes", may_report="", note="Order of 12 October 2026")
    assert not reed.offers(f"{MOTHER}/lift")
    await (await okoro.see(PAGE)).press(f"{MOTHER}/lift", why="  ")
    assert "Lifting a bar needs its reason" in okoro.text
    await okoro.press(f"{MOTHER}/lift", why="Order discharged, letter of 1 November")
    assert "Ngozi Okafor is not barred any more" in okoro.text
    assert "Bar lifted: Order discharged" in okoro.text
    assert ("okoro", "lift_bar", "pupil/amina contact/ngozi") in await office.audit()


async def test_changing_something_else_lifts_no_bar(open_office: Opener) -> None:
    office = await open_office(AMINA)
    reed = await office.sign_in("reed")
    await (await reed.see(PAGE)).press(MOTHER, barred="yes", may_report="", note="Order of 12 October 2026")
    await reed.press(MOTHER, may_report="no", note="Order of 12 October 2026, seen by the head")
    assert "Barred: do not contact" in reed.text


async def test_the_grandmother_is_rung_first_in_her_language_through_every_import(open_office: Opener) -> None:
    office = await open_office(AMINA)
    world, reed = office.school.world, await office.sign_in("reed")
    await (await reed.see(PAGE)).press(FATHER, asked_first="yes", may_report="no", note="Works nights: ring him first")
    await reed.press(f"{FATHER}/language", language="pl")
    for _ in range(2):
        await import_people(world.runner, world.school_id, EXPORT.encode())
    roll = (await world.runner.school(world.school_id)).roll
    assert [(one.contact, one.may_report, one.note) for one in roll.links_of("amina")] == [
        ("chidi", False, "Works nights: ring him first"),
        ("ngozi", True, ""),
    ]
    assert roll.contacts["chidi"].language == "pl"
    await reed.see(PAGE)
    assert "1. Chidi Okafor" in reed.text
    assert "Works nights: ring him first" in reed.text
    await reed.press(f"{FATHER}/language", language="")
    assert (await world.runner.school(world.school_id)).roll.contacts["chidi"].language == "en"
    await office.school.at("09:15", DAY).register_closes(without_reason=["amina"])
    assert [to for to, _ in office.school.texts("amina")] == ["chidi"]


async def test_a_dead_number_is_tried_again_from_the_story_and_from_people(open_office: Opener) -> None:
    office = await open_office(BEN, AMINA)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    reed, lane = await office.sign_in("reed"), await office.sign_in("lane")
    await reed.see("/office/people?list=numbers")
    assert reed.offers("/office/people/ben/kelly/again")
    await reed.see("/office/child/ben")
    assert 'href="/office/people/ben"' in reed.answer.text
    assert not (await lane.see("/office/child/ben")).offers("/office/people/ben/kelly/again")
    await reed.press("/office/people/ben/kelly/again")
    assert "Kelly Tolliver can be written to again, and is asked now." in reed.text
    assert "Kelly Tolliver can be reached by text again" in reed.text
    assert not reed.offers("/office/people/ben/kelly/again")
    assert [to for to, _ in office.school.texts()] == ["kelly", "kelly"]
    await reed.see("/office/people/ben")
    assert 'href="/office/child/ben"' in reed.answer.text
    assert ("reed", "try_again", "pupil/ben contact/kelly") in await office.audit()
