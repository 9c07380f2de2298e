"""The call sheet: risk order, numbers in order, what was sent, and a barred contact without a number."""

from __future__ import annotations

import json
from datetime import time

from attendance.calendar import instant
from office.sheet import call_sheet, call_sheet_pdf
from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, CALLUM, JAN, adult, child
from tests.support.school import DAY

DEAN = adult("dean", "Dean Tolliver", 20, "father", "elsewhere", barred=True)
MAISIE = child("maisie", "Maisie Tolliver", "kelly", "dean", tags=["social_worker"])


async def test_the_greatest_risk_is_rung_first(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM, MAISIE, adults=[DEAN])
    await office.school.at("09:15").register_closes(without_reason=["amina", "callum", "maisie"])
    await office.school.at("09:20").says("fiona", "I don't know where he is")
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet")
    places = [reed.text.index(name) for name in ("Callum Haddow", "Maisie Tolliver", "Amina Okafor")]
    assert places == sorted(places)
    assert "Ben" not in reed.text
    assert "07700 900001" in reed.text
    assert "09:15 text" in reed.text
    assert "social worker" in reed.text


async def test_a_barred_contact_is_struck_out_without_a_number(open_office: Opener) -> None:
    office = await open_office(MAISIE, BEN, adults=[DEAN])
    await office.school.at("09:15").register_closes(without_reason=["maisie"])
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet")
    assert "<s>Dean Tolliver</s>" in reed.answer.text
    assert "Barred: do not contact" in reed.text
    assert "900020" not in reed.answer.text


async def test_a_message_to_read_takes_no_child_off_it_who_is_still_unexplained(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM)
    await office.school.at("09:15").register_closes(without_reason=["amina", "callum"])
    await office.school.at("09:16").says("ngozi", "Amina is ill today")
    await office.school.at("09:17").says("fiona", "STOP")
    reed = await office.sign_in("reed")
    await reed.see("/office/")
    assert "Callum Haddow" in reed.band("read")
    await reed.see("/office/call-sheet")
    assert "Callum Haddow" in reed.text
    assert "Amina Okafor" not in reed.text


async def test_children_of_a_class_that_nobody_marked_are_on_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Amina is ill today")
    await office.school.at("09:30").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet")
    assert "Ben Tolliver" in reed.text
    assert "Unaccounted for: the register of 7M was not taken" in reed.text
    assert "Amina" not in reed.text


async def test_a_class_that_nobody_marked_is_rung_before_families_who_still_have_time(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register(amina="N", ben="/")
    await office.school.at("09:31").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet")
    assert reed.text.index("Jan Wilk") < reed.text.index("Amina Okafor")


async def test_the_sheet_as_a_file_needs_nothing_else(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    world = office.school.world
    async with world.database.read() as db:
        html = await call_sheet.render(db, await world.runner.school(world.school_id), world.clock.now())
    assert "Amina Okafor" in html
    assert "07700 900002" in html
    assert "<style>" in html
    assert "<script" not in html
    assert "href=" not in html.replace('href="tel:', "")
    assert "src=" not in html


async def test_a_quiet_morning_has_an_empty_sheet(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    world = office.school.world
    async with world.database.read() as db:
        html = await call_sheet.render(db, await world.runner.school(world.school_id), instant(DAY, time(8, 0)))
    assert "Nobody has to be rung at this moment." in html


async def test_children_of_a_class_that_nobody_marked_are_a_row_each_after_those_in_a_tier(open_office: Opener) -> None:
    office = await open_office(BEN, MAISIE, JAN, adults=[DEAN])
    await office.school.at("09:31").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet")
    places = [reed.text.index(name) for name in ("1. Maisie Tolliver", "2. Ben Tolliver", "3. Jan Wilk")]
    assert places == sorted(places)
    assert reed.answer.text.count('class="sheet-line sheet-class"') == 2
    assert "07700 900003" in reed.text
    assert "900020" not in reed.answer.text


async def test_the_pdf_says_the_same_and_hides_a_barred_number(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, MAISIE, JAN, adults=[DEAN])
    await office.school.at("09:15").register_closes(without_reason=["amina", "maisie"])
    await office.school.at("09:31").nothing_heard()
    world = office.school.world
    school, now = await world.runner.school(world.school_id), world.clock.now()
    async with world.database.read() as db:
        _, sheet = await call_sheet.read(db, school, now)
    data = call_sheet_pdf.data_of(sheet, school, now)
    assert [line["child"] for block in data["blocks"] for line in block["lines"]] == [
        f"{line.pupil.given} {line.pupil.family}" for line in sheet.lines
    ]
    assert "900020" not in json.dumps(data)
    assert "09:15 text" in json.dumps(data)
    reed = await office.sign_in("reed")
    await reed.see("/office/call-sheet.pdf")
    assert reed.answer.headers["content-type"] == "application/pdf"
    assert reed.answer.content.startswith(b"%PDF-")


async def test_a_name_is_never_markup_of_the_pdf(open_office: Opener) -> None:
    office = await open_office(child("odd", 'Ed #panic("x") *_[', "kelly"))
    await office.school.at("09:15").register_closes(without_reason=["odd"])
    world = office.school.world
    async with world.database.read() as db:
        pdf = await call_sheet_pdf.render(db, await world.runner.school(world.school_id), world.clock.now())
    assert pdf.startswith(b"%PDF-")


async def test_an_empty_pdf_and_a_long_one_are_made(open_office: Opener) -> None:
    office = await open_office(*[child(f"c{n}", f"Child{n} Hill", "kelly") for n in range(70)])
    world = office.school.world
    school = await world.runner.school(world.school_id)
    async with world.database.read() as db:
        empty = await call_sheet_pdf.render(db, school, instant(DAY, time(8, 0)))
    await office.school.at("09:31").nothing_heard()
    async with world.database.read() as db:
        long = await call_sheet_pdf.render(db, school, world.clock.now())
    assert len(long) > len(empty)
