"""Messages: threads with parents, what one's own words cost, taking over and handing back, nobody who is barred."""

from __future__ import annotations

from datetime import timedelta

from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, adult, child
from tests.support.school import DAY

DEAN = adult("dean", "Dean Tolliver", 20, "father", "elsewhere", barred=True)
MAISIE = child("maisie", "Maisie Tolliver", "kelly", "dean")


async def test_threads_stand_with_those_to_read_first(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:20").says("ngozi", "Could the head of year ring me about the maths set?")
    await office.school.at("09:25").says("kelly", "Ben has a stomach bug, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/messages")
    assert "1 to read" in reed.text
    assert reed.text.index("Ngozi Okafor") < reed.text.index("Kelly Tolliver")
    await reed.see("/office/messages?with=kelly")
    assert "Ben has a stomach bug, back tomorrow" in reed.text
    assert "Ben was not in registration this morning" in reed.text
    assert "mother of Ben Tolliver 7M" in reed.text
    assert ("reed", "view_messages", "contact/kelly") in await office.audit()


async def test_a_danger_that_nobody_has_stands_among_those_to_read(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:20").says("ngozi", "That cant be right, she left at 8 to get the bus")
    await office.school.at("09:25").says("kelly", "Ben has a stomach bug, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/messages")
    assert "1 to read" in reed.text
    assert reed.text.index("Ngozi Okafor") < reed.text.index("Kelly Tolliver")
    await reed.see("/office/")
    await reed.press("/office/child/amina/acknowledge")
    await reed.see("/office/messages")
    assert "1 to read" not in reed.text


async def test_the_cost_is_said_before_the_words_leave(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.see("/office/messages?with=ngozi")
    await reed.press("/office/messages/write?with=ngozi", text="Zofia’s coat is here", preview="1")
    assert "20 letters, one text. ’ is not in the plain text alphabet: a text then holds 70 letters" in reed.text
    assert "Zofia’s coat is here</textarea>" in reed.answer.text
    assert office.school.words_to("ngozi") == []
    fields = reed.form("/office/messages/write?with=ngozi")["fields"]
    await reed.send("/office/messages/cost", [(k, v) for k, v in fields if k != "text"] + [("text", "x" * 161)])
    assert reed.answer.text == "161 letters, 2 texts."


async def test_own_words_leave_and_the_machine_is_silent_while_a_person_has_the_thread(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/messages?with=ngozi")
    await reed.press("/office/messages/thread?with=ngozi")
    assert "Ms Reed has this thread" in reed.text
    await reed.press("/office/messages/write?with=ngozi", text="Is Amina still with you?")
    assert "Your words to Ngozi Okafor are on their way" in reed.text
    assert office.school.words_to("ngozi")[-1] == "Is Amina still with you?"
    sent = len(office.school.words_to("ngozi"))
    await office.school.at("09:20").says("ngozi", "Yes, she is poorly, back tomorrow")
    assert len(office.school.words_to("ngozi")) == sent
    await reed.see("/office/messages?with=ngozi")
    assert "Yes, she is poorly, back tomorrow" in reed.text
    await reed.press("/office/messages/thread?with=ngozi")
    assert "Handed back: the machine answers again." in reed.text


async def test_nobody_writes_to_a_barred_contact(open_office: Opener) -> None:
    office = await open_office(MAISIE, BEN, adults=[DEAN])
    reed = await office.sign_in("reed")
    await reed.see("/office/messages?with=kelly")
    fields = [(k, "dean" if k == "contact" else v) for k, v in reed.form("/office/messages/write?with=kelly")["fields"]]
    await reed.see("/office/messages?with=dean")
    assert "Barred: nobody writes to this person." in reed.text
    assert not reed.offers("/office/messages/write?with=dean")
    await reed.send("/office/messages/write?with=dean", [*fields, ("text", "hello")])
    assert "barred for every child here" in reed.text
    assert office.school.words_to("dean") == []


async def test_a_number_that_a_barred_father_shares_hears_nothing_of_his_child(open_office: Opener) -> None:
    partner = adult("pat", "Pat Moss", 20, "carer", "elsewhere")
    otto = child("otto", "Otto Moss", "pat")
    office = await open_office(child("maisie", "Maisie Tolliver", "kelly", "dean", "pat"), otto, adults=[DEAN, partner])
    reed = await office.sign_in("reed")
    await reed.see("/office/messages?with=pat")
    assert "Nothing about Maisie: somebody who is barred has this number or address too." in reed.text
    await reed.press("/office/messages/write?with=pat", text="Otto has left his bag here.")
    assert office.school.words_to("pat") == ["Otto has left his bag here."]
    assert [line["pupils"] for line in office.school.of_kind("sent") if line["to"] == "pat"] == [["otto"]]


async def test_a_disclosure_is_not_shown_to_whoever_may_not_read_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:30").says("ngozi", "Her dad hits her, she has bruises all over and is scared")
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    for page in ("/office/messages", "/office/messages?with=ngozi"):
        assert "bruises" not in (await reed.see(page)).answer.text
    assert "These words are for the safeguarding lead." in reed.text
    assert "bruises" in (await okoro.see("/office/messages?with=ngozi")).answer.text


async def test_a_thread_is_found_by_child_contact_words_and_day(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Amina has a sore throat and stays at home today")
    await office.school.at("08:25").says("kelly", "Ben has a stomach bug, back tomorrow")
    reed = await office.sign_in("reed")
    for wanted in ("find=amina", "find=okafor", "find=NGOZI", "find=sore+throat", "find=throat&day=2026-11-17"):
        await reed.see(f"/office/messages?{wanted}")
        assert "Ngozi Okafor" in reed.text, wanted
        assert "Kelly Tolliver" not in reed.text, wanted
        assert "1 found." in reed.text
    await reed.see("/office/messages?day=2026-11-17")
    assert "2 found." in reed.text
    for nothing in ("find=zebra", "day=2026-11-16", "find=am+i&day=2026-11-16", "find=so"):
        await reed.see(f"/office/messages?{nothing}")
        assert "Nothing was found." in reed.text, nothing


async def test_what_was_found_stays_found_beside_the_open_thread(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Amina has a sore throat and stays at home today")
    await office.school.at("08:25").says("kelly", "Ben has a stomach bug, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/messages?with=ngozi&find=throat")
    assert "Amina has a sore throat" in reed.text
    assert "Kelly Tolliver" not in reed.text
    assert 'href="/office/messages?with=ngozi&amp;find=throat"' in reed.answer.text
    await reed.press("/office/messages/write?with=ngozi", text="Get well soon")
    assert "1 found." in reed.text


async def test_words_for_the_safeguarding_lead_are_not_found_by_anybody_else(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Her dad hit her last night and she is covered in bruises")
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    assert "Nothing was found." in (await reed.see("/office/messages?find=bruises")).text
    assert "Ngozi Okafor" in (await okoro.see("/office/messages?find=bruises")).text


async def test_a_day_of_long_ago_is_found_by_its_date(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:20").says("ngozi", "Amina has a sore throat and stays at home today")
    office.school.all_in_until = DAY + timedelta(days=20)
    await office.school.at("09:00", DAY + timedelta(days=20)).nothing_heard()
    reed = await office.sign_in("reed")
    assert "Ngozi Okafor" not in (await reed.see("/office/messages?find=throat")).text
    await reed.see("/office/messages?day=2026-11-17&with=ngozi")
    assert "Amina has a sore throat" in reed.text
