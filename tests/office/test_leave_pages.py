"""The pages of leave: what waits, a request with everything beside it, the decision, and the letter."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdf

from storage import leave, leave_letters
from tests.office.browsing import EVERYBODY, Opener, OpenOffice
from tests.scenarios.test_leave_photos import JPEG, Provider, look, mms, photos, sends
from tests.support.families import AMINA, adult, child, staff

WEDDING = "Please may Amina have leave on Tuesday 8 and Wednesday 9 December for her aunt's wedding, back Thursday 10th"
PLAIN = {"leave.fields": ["dates", "reason"]}
DECIDE = "/office/leave-requests/decide"
RELEASE = "/office/leave-requests/letter/release"


async def asked(open_office: Opener, **more: object) -> tuple[OpenOffice, str]:
    office = await open_office(AMINA, rules=PLAIN, **more)
    await office.school.at("08:20").says("ngozi", WEDDING)
    return office, f"/office/leave-requests/one?id={await the_id(office)}"


async def the_id(office: OpenOffice) -> str:
    async with office.school.world.database.read() as db:
        (request,) = await leave.recent(db, office.school.world.school_id)
    return request.id


async def test_the_head_sees_everything_beside_a_request(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see("/office/leave-requests")
    assert "To decide 1" in hart.text
    await hart.see(page)
    for said in (
        "2 school days",
        "Ngozi Okafor , mother",
        "3 weeks; the policy asks for 2 weeks",
        "Exceptional circumstances (C, reg 11)",
        "her aunt's wedding",
        "0 unauthorised sessions in the last ten school weeks",
        "The policy wants a meeting before the decision.",
    ):
        assert said.replace(" ,", ",") in hart.text.replace(" ,", ","), said


async def test_the_first_words_and_the_answer_both_stand_on_the_page(open_office: Opener) -> None:
    office = await open_office(AMINA, rules=PLAIN)
    first = "Please may Amina have leave on Tuesday 8 and Wednesday 9 December"
    await office.school.at("08:20").says("ngozi", first)
    await office.school.at("08:22").says("ngozi", "It is for her aunt's wedding")
    hart = await office.sign_in("hart")
    await hart.see(f"/office/leave-requests/one?id={await the_id(office)}")
    for said in (first, "It is for her aunt's wedding"):
        assert said in hart.text, said
    assert hart.text.index(first) < hart.text.index("It is for her aunt's wedding")


async def test_some_days_are_granted_on_the_page(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="some", day="2026-12-08", reason="The ceremony")
    assert "Leave granted for the days chosen for Amina" in hart.text
    async with office.school.world.database.read() as db:
        (request,) = await leave.recent(db, office.school.world.school_id)
    assert (request.state, request.days) == ("granted_in_part", (date(2026, 12, 8),))
    await hart.see("/office/audit?pupil=amina")
    assert "Granted leave for some of the days Amina Okafor" in hart.text, "a decision is found by the child"
    assert request.id not in hart.text


async def test_a_refusal_without_a_reason_keeps_what_was_typed_and_decides_nothing(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="refuse", question="Whose wedding?")
    assert hart.status == 422
    assert "A refusal needs its reason" in hart.text
    assert "Whose wedding?" in hart.answer.text
    assert [line["state"] for line in office.school.of_kind("leave")] == ["requested"]


async def test_a_page_that_is_older_than_a_change_decides_nothing(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await office.school.at("08:25").says("ngozi", "Amina's leave for the wedding: 9 and 10 December, back Friday")
    await hart.press(DECIDE, decision="grant")
    assert hart.status == 409
    assert "changed" in hart.text


async def test_a_question_goes_to_the_family(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="ask_more", question="Whose wedding is it?")
    await office.school.at("08:30").nothing_heard()
    assert office.school.words_to("ngozi")[-1].endswith("Whose wedding is it? Please answer here.")


async def test_only_whoever_decides_has_the_form(open_office: Opener) -> None:
    office, page = await asked(open_office)
    for who in ("reed", "lane"):
        browser = await office.sign_in(who)
        await browser.see(page)
        assert not browser.offers(DECIDE)
    wood = await office.sign_in("wood")
    await wood.see(page)
    assert wood.status == 404


async def test_a_deputy_has_it_while_the_head_is_away(open_office: Opener) -> None:
    deputy = staff("dunn", "Mrs Dunn", "Deputy headteacher", "deputy_headteacher", 907)
    office, page = await asked(open_office, staff=[*EVERYBODY, deputy])
    dunn = await office.sign_in("dunn")
    assert not (await dunn.see(page)).offers(DECIDE)
    await office.school.at("08:25").staff("hart").is_away()
    assert (await dunn.see(page)).offers(DECIDE)


async def test_who_is_barred_stands_above_the_request(open_office: Opener) -> None:
    uncle = adult("ray", "Ray Okafor", 60, "father", "ray", barred=True)
    amina = child("amina", "Amina Okafor", "ngozi", "chidi", "ray")
    office = await open_office(amina, rules=PLAIN, adults=(uncle,))
    await office.school.at("08:20").says("ngozi", WEDDING)
    hart = await office.sign_in("hart")
    await hart.see(f"/office/leave-requests/one?id={await the_id(office)}")
    assert "Somebody is barred for Amina" in hart.text
    assert "Ray Okafor" in hart.text


async def test_a_letter_waits_for_a_person_and_goes_by_e_mail(open_office: Opener) -> None:
    mother = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", email="ngozi@family.example")
    office, page = await asked(open_office, adults=(mother,))
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="refuse", reason="A wedding in term is not exceptional")
    await office.school.at("08:50").nothing_heard()
    mail = office.school.world.simulators["email"]
    assert [one for one in mail.sent if one.files] == [], "a person releases it"
    reed = await office.sign_in("reed")
    await reed.see("/office/leave-requests")
    assert "Letters to release 1" in reed.text
    await reed.see(page)
    await reed.press(RELEASE, way="email")
    assert "on its way by e-mail" in reed.text
    await office.school.at("08:55").nothing_heard()
    (sent,) = [one for one in mail.sent if one.files]
    assert (sent.to, sent.files[0].media_type) == ("ngozi@family.example", "application/pdf")
    text = pypdf.PdfReader(io.BytesIO(sent.files[0].data)).pages[0].extract_text()
    assert "A wedding in term is not exceptional" in text
    assert "wedding" not in sent.text
    await reed.see(page)
    assert "released by e-mail by Ms Reed, Attendance officer" in reed.text
    assert not reed.offers(RELEASE)


async def test_a_letter_without_an_address_is_printed(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="grant", reason="Family")
    await hart.press(RELEASE, way="email")
    assert "no e-mail address" in hart.text
    await hart.press(RELEASE, way="print")
    async with office.school.world.database.read() as db:
        (letter,) = await leave_letters.of_leave(db, office.school.world.school_id, await the_id(office))
    assert (letter.state, letter.way, letter.released_by) == ("released", "print", "Dr Hart, Headteacher")
    await hart.see(f"/office/leave-requests/letter?id={letter.letter_id}")
    assert hart.answer.headers["content-type"] == "application/pdf"
    assert hart.answer.content[:5] == b"%PDF-"


async def test_another_decision_withdraws_the_letter_that_was_not_released(open_office: Opener) -> None:
    office, page = await asked(open_office)
    hart = await office.sign_in("hart")
    await hart.see(page)
    await hart.press(DECIDE, decision="refuse", reason="No")
    await hart.see(page)
    await hart.press(DECIDE, decision="grant", reason="On second thoughts")
    async with office.school.world.database.read() as db:
        letters = await leave_letters.of_leave(db, office.school.world.school_id, await the_id(office))
    assert [(one.kind, one.state) for one in letters] == [("refused", "withdrawn"), ("granted", "draft")]


async def test_a_photograph_is_opened_from_the_request(open_office: Opener) -> None:
    office, page = await asked(open_office)
    school = office.school
    await sends(school, mms("Here are the tickets"), "08:25")
    hart = await office.sign_in("hart")
    await hart.see(page)
    assert "in the messages on the child’s page" in hart.text, "it is not here yet"
    assert await look(school, photos(school, Provider())) == 1
    await hart.see(page)
    assert "Evidence photo 1.jpg" in hart.text
    found = re.search(r'href="(/office/child/amina/file/[^"]+)"', hart.answer.text)
    assert found is not None
    await hart.see(found[1])
    assert (hart.status, hart.answer.content) == (200, JPEG)
    assert hart.answer.headers["content-disposition"].startswith('attachment; filename="photo 1.jpg"')
    await hart.see("/office/child/amina")
    assert "A file that came with a message photo 1.jpg" in hart.text
    tutor = await office.sign_in("wood")
    await tutor.see(found[1])
    assert tutor.status == 404
