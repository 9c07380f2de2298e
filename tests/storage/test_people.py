"""People: an import is taken over whole, twice is once, and what people here decided outlives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from attendance.people import AddressState, Contact, Link, StaffMember, Standing
from storage import people, schools
from storage.engine import Database
from storage.people import Changes
from tests.storage.conftest import CONTACTS, LINKS, OTHER_SCHOOL, PUPILS, SCHOOL

NOW = datetime(2026, 9, 10, 8, 0, tzinfo=UTC)
HEAD = StaffMember("head", "Ada Bell", "Headteacher", ("headteacher",), email="head@example.com")
OFFICER = StaffMember("officer", "Bo Carr", "Attendance Officer", ("attendance_officer", "office"), "+447700900100")


async def test_people_come_back_as_they_were_saved(database: Database) -> None:
    async with database.begin() as db:
        assert await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS) == Changes(added=8)
        await people.save_staff(db, SCHOOL, [OFFICER, HEAD])
    async with database.read() as db:
        roll = await people.load_roll(db, SCHOOL)
        nobody = await people.load_roll(db, OTHER_SCHOOL)
    assert dict(roll.pupils) == {pupil.id: pupil for pupil in PUPILS}
    assert dict(roll.contacts) == {contact.id: contact for contact in CONTACTS}
    assert roll.links == LINKS
    assert roll.staff == (OFFICER, HEAD)
    assert not nobody.pupils


async def test_the_same_import_again_changes_nothing(peopled: Database) -> None:
    async with peopled.begin() as db:
        before = await schools.get(db, SCHOOL)
        assert await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS) == Changes()
        assert await schools.get(db, SCHOOL) == before


async def test_an_import_changes_what_it_names_and_takes_off_what_it_leaves_out(peopled: Database) -> None:
    moved = replace(PUPILS[0], group="8C")
    async with peopled.begin() as db:
        changes = await people.save_people(db, SCHOOL, [moved], CONTACTS[:1], LINKS[:1])
        roll = await people.load_roll(db, SCHOOL)
    assert changes == Changes(changed=1, removed=5)  # nina, her mother, Mo's father, and two links
    assert dict(roll.pupils) == {"mo": moved}
    assert list(roll.contacts) == ["mo-mum"]
    async with peopled.begin() as db:
        assert await people.save_people(db, SCHOOL, [moved], CONTACTS[:1], LINKS[:1]) == Changes()
        back = await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
        assert back == Changes(added=5, changed=1)
        assert (await people.load_roll(db, SCHOOL)).links == LINKS


async def test_equal_priorities_keep_the_order_of_the_list(database: Database) -> None:
    links = [Link("mo", contact, 1) for contact in ("nina-mum", "mo-dad", "mo-mum")]
    async with database.begin() as db:
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, links)
        roll = await people.load_roll(db, SCHOOL)
    assert [link.contact for link in roll.links_of("mo")] == ["nina-mum", "mo-dad", "mo-mum"]


async def test_no_import_clears_a_bar_that_a_person_set(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.set_overlay(db, SCHOOL, "mo", "mo-dad", barred=True, note="court order", set_by="head", set_at=NOW)
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
        assert (await people.load_roll(db, SCHOOL)).standing("mo", "mo-dad") is Standing.BARRED
        without = await people.save_people(db, SCHOOL, PUPILS, [CONTACTS[0], CONTACTS[2]], [LINKS[0], LINKS[2]])
        roll = await people.load_roll(db, SCHOOL)
    assert without == Changes(kept_barred=(("mo", "mo-dad"),))
    assert roll.standing("mo", "mo-dad") is Standing.BARRED
    assert roll.barred_addresses("mo") == {"+447700900002"}


async def test_a_bar_that_an_import_brought_is_cleared_by_a_person_only(peopled: Database) -> None:
    barred = [LINKS[0], replace(LINKS[1], barred=True), LINKS[2]]
    async with peopled.begin() as db:
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, barred)
        again = await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
        assert again == Changes(kept_barred=(("mo", "mo-dad"),))
        assert (await people.load_roll(db, SCHOOL)).standing("mo", "mo-dad") is Standing.BARRED
        await people.set_overlay(db, SCHOOL, "mo", "mo-dad", barred=False, set_by="head", set_at=NOW)
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
        assert (await people.load_roll(db, SCHOOL)).standing("mo", "mo-dad") is Standing.MAY_REPORT
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, barred)  # a new order, after the old one was lifted
        assert (await people.load_roll(db, SCHOOL)).standing("mo", "mo-dad") is Standing.BARRED


async def test_who_may_report_is_the_overlays_word_first(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.set_overlay(db, SCHOOL, "mo", "mo-mum", may_report=False, set_by="head", set_at=NOW)
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
        roll = await people.load_roll(db, SCHOOL)
    assert roll.standing("mo", "mo-mum") is Standing.LISTED
    assert roll.standing("mo", "mo-dad") is Standing.MAY_REPORT


async def test_an_overlay_for_somebody_unknown_says_so_and_spoils_nothing(peopled: Database) -> None:
    async with peopled.begin() as db:
        with pytest.raises(people.UnknownLink, match="import people first"):
            await people.set_overlay(db, SCHOOL, "mo", "nobody", barred=True, set_by="head", set_at=NOW)
        await people.set_overlay(db, SCHOOL, "mo", "mo-dad", barred=True, set_by="head", set_at=NOW)
    async with peopled.read() as db:
        assert (await people.load_roll(db, SCHOOL)).standing("mo", "mo-dad") is Standing.BARRED


async def test_a_list_of_staff_leaves_who_is_away_and_who_is_first(database: Database) -> None:
    second = StaffMember("second", "Cy Dee", "Attendance Assistant", ("attendance_officer",))
    async with database.begin() as db:
        await people.save_staff(db, SCHOOL, [second, OFFICER, HEAD])
        await people.set_away(db, SCHOOL, "second", True)
        assert await people.save_staff(db, SCHOOL, [second, OFFICER, HEAD]) == Changes()
        roll = await people.load_roll(db, SCHOOL)
        assert [member.id for member in roll.staff] == ["second", "officer", "head"]
        assert [member.id for member in roll.staff_for("attendance_officer")] == ["officer"]
        assert await people.save_staff(db, SCHOOL, [HEAD]) == Changes(changed=1, removed=2)
        assert [member.id for member in (await people.load_roll(db, SCHOOL)).staff] == ["head"]
        with pytest.raises(people.UnknownStaff):
            await people.set_away(db, SCHOOL, "nobody", True)


async def test_an_import_leaves_a_telegram_chat_that_was_linked_here(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.set_telegram(db, SCHOOL, "mo-mum", "4711")
        assert await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS) == Changes()
        assert (await people.load_roll(db, SCHOOL)).contacts["mo-mum"].telegram == "4711"


async def test_a_chat_falls_with_the_number_that_it_was_linked_by(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.save_staff(db, SCHOOL, [OFFICER])
        await people.set_telegram(db, SCHOOL, "mo-mum", "4711")
        await people.set_staff_telegram(db, SCHOOL, "officer", "4712")
        corrected = [replace(one, phone="+447700900099") if one.id == "mo-mum" else one for one in CONTACTS]
        await people.save_people(db, SCHOOL, PUPILS, corrected, LINKS)
        assert (await people.load_roll(db, SCHOOL)).contacts["mo-mum"].telegram is None
        assert (await people.load_roll(db, SCHOOL)).staff[0].telegram == "4712"
        await people.save_staff(db, SCHOOL, [replace(OFFICER, phone="+447700900098")])
        assert (await people.load_roll(db, SCHOOL)).staff[0].telegram is None
        with pytest.raises(people.UnknownStaff):
            await people.set_staff_telegram(db, SCHOOL, "nobody", "1")


async def test_the_way_that_was_chosen_is_known_from_when_it_was_live(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.set_address_state(db, SCHOOL, "telegram", "4711", AddressState.LIVE, "linked", NOW)
        await people.set_address_state(db, SCHOOL, "sms", "+447700900002", AddressState.BAD, "30003", NOW)
        assert (await people.load_roll(db, SCHOOL)).chosen == {("telegram", "4711"): NOW}


async def test_an_address_that_opted_out_is_found_as_the_list_spells_it(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.set_address_state(db, SCHOOL, "email", "sana@EXAMPLE.com", AddressState.STOPPED, "STOP", NOW)
        await people.set_address_state(db, SCHOOL, "sms", "+447700900002", AddressState.BAD, "30003", NOW)
        roll = await people.load_roll(db, SCHOOL)
        assert roll.state("email", "Sana@example.com") is AddressState.STOPPED
        assert roll.ways_to("mo", "mo-mum", ("sms", "email")) == (("sms", "+447700900001"),)
        assert roll.state("sms", "+447700900002") is AddressState.BAD
        await people.set_address_state(db, SCHOOL, "sms", "+447700900002", AddressState.LIVE, "START", NOW)
        assert (await people.load_roll(db, SCHOOL)).state("sms", "+447700900002") is AddressState.LIVE


async def test_every_change_of_people_makes_older_rolls_stale(peopled: Database) -> None:
    versions = []
    async with peopled.begin() as db:
        for change in (
            people.set_overlay(db, SCHOOL, "mo", "mo-dad", barred=True, set_by="head", set_at=NOW),
            people.set_address_state(db, SCHOOL, "sms", "+447700900002", AddressState.BAD, "30003", NOW),
            people.save_staff(db, SCHOOL, [HEAD]),
            people.set_away(db, SCHOOL, "head", True),
            people.save_people(db, SCHOOL, PUPILS[:1], CONTACTS, LINKS[:2]),
            people.set_telegram(db, SCHOOL, "mo-mum", "4711"),
        ):
            await change
            row = await schools.get(db, SCHOOL)
            assert row is not None
            versions.append(row.people_version)
    assert versions == sorted(set(versions))


async def test_a_contact_who_is_one_familys_only_is_not_seen_by_another_school(peopled: Database) -> None:
    async with peopled.begin() as db:
        await people.save_people(db, OTHER_SCHOOL, PUPILS[:1], [Contact("mo-mum", "Someone else")], LINKS[:1])
        assert (await people.load_roll(db, SCHOOL)).contacts["mo-mum"] == CONTACTS[0]
        assert (await people.load_roll(db, OTHER_SCHOOL)).contacts["mo-mum"].name == "Someone else"
