"""A child's page: every attempt, word, mark and amendment; what staff decide there, and what it keeps to itself."""

from __future__ import annotations

from datetime import date

from attendance.history import History
from storage import history
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
    assert "Read as an absence Amina I, illness" in reed.text
    assert "back Wed 18 Nov" in reed.text
    assert "N became I, Illness" in reed.text
    assert "(provisional)" in reed.text
    assert "Firstcall, automatic proposal" in reed.text


async def test_of_what_happened_in_one_second_the_last_is_on_top_too(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:15").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    told = ("We have Amina off ill today", "Ngozi Okafor (mother) wrote by text", "Amina was not in registration")
    places = [reed.text.index(words) for words in told]
    assert places == sorted(places)


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


async def test_each_contact_shows_what_each_channel_answered(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:15:20").receipt("ngozi", "delivered")
    await office.school.at("09:45").nothing_heard()
    await office.school.at("09:50").says("chidi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    people = reed.text[reed.text.index("Contacts, in the order") :]
    assert "09:15 text: on the phone 09:15" in people
    assert people.index("1. Ngozi") < people.index("09:15 text") < people.index("2. Chidi")
    assert "09:50 answered by text" in people


async def test_the_parents_words_stand_beside_what_was_read_in_them_and_why(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert "Why it was read so" in reed.text
    assert "From the words “poorly”" in reed.text
    assert "“tomorrow”" in reed.text


async def test_a_call_a_note_and_a_visit_are_kept_with_who_and_when(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("12:00").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/promise", what="ring")
    assert "You ring; write down what came of it." in reed.text
    assert "Ms Reed has it" in reed.text
    await reed.press("/office/child/amina/rang/chidi", came="voicemail", said="")
    assert "rang Chidi Okafor: Left a message on the machine: nobody reached" in reed.text
    assert "Ring the family" in reed.text
    await reed.press("/office/child/amina/rang/ngozi", came="spoke", said="She is at the clinic with me")
    assert "She is at the clinic with me" in reed.text
    assert "Ring the family: done by Ms Reed" in reed.text
    await reed.press("/office/child/amina/note", note="Clinic letter expected on Friday")
    assert "Note of Ms Reed, Attendance officer Clinic letter expected on Friday" in reed.text
    assert office.school.state("amina") == "handed_over"


async def test_a_visit_that_worries_is_with_the_safeguarding_lead_at_once(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("12:00").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/promise", what="home_visit")
    await reed.press("/office/child/amina/visited", came="worried", outcome="Curtains drawn, shouting inside")
    assert "Visit the home: done by Ms Reed: worried: the safeguarding lead is told. Curtains drawn" in reed.text
    assert ("okoro", "safeguarding") in office.school.alerts("amina")


async def test_the_all_clear_of_one_child_goes_to_those_who_were_asked_once(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/child/ben")
    assert not reed.offers("/office/child/ben/all-clear")
    await reed.press("/office/child/ben/amend", half="am", code="M", reason="Letter from the dentist")
    await reed.press("/office/child/ben/all-clear")
    assert "The all-clear about Ben is on its way" in reed.text
    assert ("kelly", "absence.all_clear") in office.school.texts("ben")
    assert not [to for to, words in office.school.texts("amina") if words == "absence.all_clear"]
    assert not reed.offers("/office/child/ben/all-clear")


async def test_only_the_part_of_a_story_that_changed_is_sent(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    path = "/office/child/amina/parts"
    page = await reed.parts(path)
    have = dict(one.rsplit(":", 1) for one in page["lists"]["child"])
    assert (await reed.parts(path, have))["parts"] == {}
    await reed.press("/office/child/amina/note", note="Seen by Mrs Beddoes at the gate")
    assert set((await reed.parts(path, have))["parts"]) == {"story-moments"}


async def test_a_stage_of_the_policy_goes_on_when_a_person_says_no_improvement(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    world = office.school.world
    async with world.database.begin() as db:
        await history.put(db, world.school_id, [History("amina", date(2026, 9, 2), date(2026, 11, 16), 80, {"I": 20})])
    await office.school.at("09:15").register_closes()
    await office.school.at("17:10").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert "Attendance has reached a stage of the policy" in reed.text
    assert "Attendance 80.1 per cent in this school year: 81 of 101 sessions" in reed.text
    assert "Stage 2: informal meeting (letter B). Passed without being opened: pre, 1." in reed.text
    await reed.press("/office/task/finish", goes_on="yes")
    await reed.see("/office/child/amina")
    assert "Stage 3: aip meeting (letter C)." in reed.text
    stages = [task for task in await office.school.open_tasks() if task.what == "attendance_stage"]
    assert [(task.key, task.role) for task in stages] == [("stage/2026/3/amina", "head_of_house")]
