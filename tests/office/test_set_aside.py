"""A contact who is set aside stands so on every page and sheet; the safeguarding lead releases them with a reason."""

from __future__ import annotations

from office.sheet import call_sheet, call_sheet_pdf
from tests.office.browsing import Opener, OpenOffice
from tests.support.families import AMINA

PAGE, FATHER = "/office/people/amina", "/office/people/amina/chidi"
SAID = "Set aside: neither write nor ring before the safeguarding lead says so"


async def where_dad_is_named(open_office: Opener) -> OpenOffice:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "her dad hit her last night")
    return office


async def test_every_page_and_sheet_says_so(open_office: Opener) -> None:
    office = await where_dad_is_named(open_office)
    reed = await office.sign_in("reed")
    for page in (PAGE, "/office/child/amina", "/office/call-sheet"):
        assert (await reed.see(page)).text.count(SAID) == 1, page
    assert "set aside" in (await reed.see("/office/people?find=chidi")).text
    world = office.school.world
    school, now = await world.runner.school(world.school_id), world.clock.now()
    async with world.database.read() as db:
        _, sheet = await call_sheet.read(db, school, now)
    printed = call_sheet_pdf.data_of(sheet, school, now)["blocks"][0]["lines"][0]["callers"]
    asides = [one["aside"] for one in printed]
    assert asides == ["", SAID]


async def test_only_a_lead_releases_and_says_why(open_office: Opener) -> None:
    office = await where_dad_is_named(open_office)
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    assert not (await reed.see(PAGE)).offers(f"{FATHER}/release")
    await (await okoro.see(PAGE)).press(f"{FATHER}/release", why="  ")
    assert "needs its reason" in okoro.text
    await okoro.press(f"{FATHER}/release", why="Her brother, in play: spoke with Amina")
    assert "Chidi Okafor is asked about this child again" in okoro.text
    assert SAID not in okoro.text
    assert ("okoro", "release_contact", "pupil/amina contact/chidi") in await office.audit()
    await okoro.see("/office/child/amina")
    assert "Chidi Okafor is set aside" in okoro.text
    assert "Chidi Okafor is asked and told again" in okoro.text
    assert "Her brother, in play: spoke with Amina" in okoro.text
