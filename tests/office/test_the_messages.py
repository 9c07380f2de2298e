"""Messages: threads with parents, what one's own words cost, taking over and handing back, nobody who is barred."""

from __future__ import annotations

from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, adult, child

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
