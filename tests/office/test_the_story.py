"""A child's page: every attempt, word, mark and amendment; what staff decide there, and what it keeps to itself."""

from __future__ import annotations

from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, adult, child

DEAN = adult("dean", "Dean Tolliver", 20, "father", "elsewhere", barred=True)
MAISIE = child("maisie", "Maisie Tolliver", "kelly", "dean")


async def test_the_story_has_every_word_with_what_the_machine_read_in_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:15:20").receipt("ngozi", "delivered")
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert "To Ngozi Okafor by text" in reed.text
    assert "Amina was not in registration this morning" in reed.text
    assert "on the phone 09:15" in reed.text
    assert "Ngozi Okafor (mother) wrote by text" in reed.text
    assert "Amina is poorly, back tomorrow" in reed.text
    assert "Read as an absence Amina I (Illness" in reed.text
    assert "back Wed 18 Nov" in reed.text
    assert "N became I, Illness" in reed.text
    assert "(provisional)" in reed.text
    assert "Firstcall, automatic proposal" in reed.text


async def test_an_amendment_needs_its_reason_and_keeps_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/amend", half="am", code="M", reason="  ")
    assert reed.status == 422
    assert "An amendment needs its reason" in reed.text
    assert '<option value="M" selected>' in reed.answer.text
    await reed.press("/office/child/amina/amend", half="am", code="M", reason="Letter from the dentist")
    assert reed.status == 200
    assert "Amended: M, Leave of absence for a medical or dental appointment." in reed.text
    assert "N became M" in reed.text
    assert "Ms Reed, Attendance officer: Letter from the dentist" in reed.text
    assert (await office.school.entry("amina")).current == "M"
    assert office.school.state("amina") == "settled"


async def test_a_decision_on_an_old_page_is_refused_and_what_was_typed_stays(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    await reed.press("/office/child/amina/amend", half="am", code="O", reason="No reason was accepted")
    assert reed.status == 409
    assert "Somebody was quicker." in reed.text
    assert 'value="No reason was accepted"' in reed.answer.text
    assert "Amina is poorly, back tomorrow" in reed.text
    assert (await office.school.entry("amina")).current == "I"
    await reed.press("/office/child/amina/amend", half="am", code="O", reason="No reason was accepted")
    assert reed.status == 200
    assert (await office.school.entry("amina")).current == "O"


async def test_an_alarm_is_settled_by_a_named_person(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:20").says("kelly", "he left at 8 to get the bus")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/ben")
    assert "Find the child in school" in reed.text
    await reed.press("/office/child/ben/settle", outcome="present_after_all")
    assert "Settled: In school after all." in reed.text
    assert "Settled by Ms Reed, Attendance officer: In school after all" in reed.text
    assert office.school.state("ben") == "settled"
    assert not [alert for alert in await office.school.live_alerts() if "ben" in alert.pupils and alert.urgent]


async def test_a_task_keeps_what_came_of_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:20").says("kelly", "he left at 8 to get the bus")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/ben")
    keys = [value for name, value in reed.form("/office/task/finish")["fields"] if name == "key"]
    await reed.press("/office/task/finish", outcome="In the library")
    done = ("reed", "finish_task", f"task/{keys[0]}")
    assert done in await office.audit()
    assert keys[0] not in reed.answer.text


async def test_own_words_leave_once_however_often_the_button_is_pressed(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    fields = [*reed.form("/office/child/amina/write/ngozi")["fields"], ("text", "We tried to ring you, Ms Reed")]
    fields = [(name, value) for name, value in fields if not (name == "text" and value == "")]
    await reed.send("/office/child/amina/write/ngozi", fields)
    await reed.send("/office/child/amina/write/ngozi", fields)
    assert office.school.words_to("ngozi")[1:] == ["We tried to ring you, Ms Reed"]
    assert "written by Ms Reed" in (await reed.see("/office/child/amina")).text


async def test_a_thread_that_was_taken_over_is_shown_so_and_can_be_handed_back(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/thread/ngozi")
    assert "Ms Reed has this thread" in reed.text
    await office.school.at("09:20").says("ngozi", "Amina is poorly")
    assert len(office.school.words_to("ngozi")) == 1
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/thread/ngozi")
    assert "Handed back" in reed.text
    assert "Ms Reed has this thread" not in reed.text


async def test_a_barred_contact_has_no_number_and_no_box_to_write_in(open_office: Opener) -> None:
    office = await open_office(MAISIE, BEN, adults=[DEAN])
    await office.school.at("09:15").register_closes(without_reason=["maisie"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/maisie")
    assert "Dean Tolliver" in reed.text
    assert "Barred: do not contact" in reed.text
    assert "900020" not in reed.answer.text
    assert not reed.offers("/office/child/maisie/write/dean")
    fields = [*reed.form("/office/child/maisie/write/kelly")["fields"], ("text", "hello")]
    await reed.send("/office/child/maisie/write/dean", fields)
    assert reed.status == 422
    assert "barred for this child" in reed.text
    assert office.school.words_to("dean") == []


async def test_a_number_that_a_barred_contact_shares_is_not_shown(open_office: Opener) -> None:
    shared = {**DEAN, "phone": "+447700900003"}
    office = await open_office(MAISIE, BEN, adults=[shared])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/maisie")
    assert "shared with a barred contact: do not use" in reed.text
    assert "900003" not in reed.answer.text


async def test_words_of_parents_are_shown_as_words_whatever_they_hold(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:30").says("ngozi", 'Amina ill <script>alert(1)</script> <b onclick="x">')
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert "<script>alert(1)" not in reed.answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reed.answer.text


async def test_every_look_and_every_change_is_written_down(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/settle", outcome="no_reason_given")
    await reed.see("/office/call-sheet")
    deeds = await office.audit()
    assert ("reed", "view_story", "pupil/amina") in deeds
    assert ("reed", "settle", "pupil/amina") in deeds
    assert ("reed", "view_call_sheet", "call-sheet") in deeds
    assert ("reed", "sign_in", "account/reed") in deeds
