"""The board: who stands where, in which order, with which clock; and what the buttons in its rows do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from office.pages.parts import CSRF_PLACE
from storage import outbox
from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, CALLUM, JAN, ZOFIA, child
from tests.support.school import DAY

FREE = {"brake.usual": 400, "brake.more_than": 500}


def prints_of(patch: dict[str, Any]) -> dict[str, str]:
    """What a browser has after it put this patch in."""
    return dict(one.rsplit(":", 1) for wanted in patch["lists"].values() for one in wanted)


async def test_asked_children_wait_with_a_clock_to_what_comes_next(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    assert "Amina Okafor" in reed.band("wait")
    assert "in 30 min 09:45" in reed.band("wait")
    assert "asks Chidi Okafor (father)" in reed.band("wait")
    assert "Ngozi Okafor (mother), 09:15 by text" in reed.band("wait")
    assert "Ben" not in reed.text
    assert "Nothing needs you this minute." in reed.band("act")


async def test_a_morning_unexplained_again_waits_whatever_is_known_of_the_afternoon(
    open_office: Opener,
) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:18").says("ngozi", "she's got an orthodontist appointment at 11, back for lunch")
    await office.school.at("09:20").says("ngozi", "moved to 2")
    reed = await office.sign_in("reed")
    assert "Amina Okafor" in reed.band("wait")
    assert "Mark N" in reed.band("wait")
    assert "Amina" not in reed.band("confirm")


async def test_the_worst_danger_stands_on_top(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    await office.school.at("09:20").says("kelly", "he left at 8 to get the bus")
    reed = await office.sign_in("reed")
    assert "find the child" in reed.band("act")
    assert "“" not in reed.band("wait")
    await office.school.at("09:21").says("fiona", "I don't know where he is")
    await office.school.at("12:00").nothing_heard()
    act = (await office.sign_in("reed")).band("act")
    assert act.index("Callum Haddow") < act.index("Ben Tolliver") < act.index("Amina Okafor")
    assert "I don't know where he is" in act
    assert "Fiona Haddow , mother" in act or "Fiona Haddow, mother" in act


async def test_whoever_has_it_is_named_and_the_next_press_hears_so(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("12:00").nothing_heard()
    reed, beddoes = await office.sign_in("reed"), await office.sign_in("beddoes")
    assert "I have it" in reed.band("act")
    await reed.press("/office/child/amina/acknowledge")
    assert "Ms Reed has it since 12:00" in reed.band("act")
    assert "must be settled" in reed.band("act")
    assert not reed.offers("/office/child/amina/acknowledge")
    await beddoes.press("/office/child/amina/acknowledge")
    assert "Somebody was quicker. Ms Reed has this since 12:00." in beddoes.text
    assert "Ms Reed has it since 12:00" in beddoes.band("act")
    acknowledged = office.school.of_kind("acknowledged", "amina")
    assert [line["by"] for line in acknowledged] == ["reed"]


async def test_a_reason_is_confirmed_with_one_press(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    assert "Amina is poorly, back tomorrow" in reed.band("confirm")
    await reed.press("/office/child/amina/confirm")
    assert "Confirmed for Amina." in reed.text
    assert "Amina Okafor" in reed.band("settled")
    assert reed.band("confirm") == ""
    amendment = (await office.school.amendments("amina"))[-1]
    assert (amendment.code, amendment.provisional, amendment.by) == ("I", False, "Ms Reed")


async def test_a_press_on_an_old_page_changes_nothing_and_shows_the_newer_state(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    reed = await office.sign_in("reed")
    await office.school.at("09:25").says("chidi", "I don't know where she is")
    await reed.press("/office/child/amina/confirm")
    assert "Somebody was quicker. Something changed for Amina while you were deciding." in reed.text
    assert "I don't know where she is" in reed.band("act")
    assert (await office.school.entry("amina")).provisional


async def test_sure_ones_are_confirmed_together_and_medical_ones_stay_single(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM, ZOFIA)
    await office.school.at("08:10").says("ngozi", "Amina is ill today")
    await office.school.at("08:11").says("kelly", "Ben has a stomach bug, off today")
    await office.school.at("08:12").says("fiona", "Callum is at the dentist all day today")
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    reed = await office.sign_in("reed")
    assert "Confirm the 2 sure ones" in reed.band("confirm")
    await reed.press("/office/confirm")
    assert "Confirmed: " in reed.text
    assert not (await office.school.entry("amina")).provisional
    assert not (await office.school.entry("ben")).provisional
    assert (await office.school.entry("callum")).provisional
    assert "Callum Haddow" in reed.band("confirm")


async def test_what_is_doubtful_or_worrying_is_never_among_the_sure_ones(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM)
    await office.school.at("08:10").says("ngozi", "Amina is ill today")
    await office.school.at("08:11").says("kelly", "Ben has a stomach bug, off today")
    await office.school.at("08:12").says("fiona", "Callum is poorly today")
    await office.school.at("08:13").says("fiona", "can someone ring me about Callum please")
    reed = await office.sign_in("reed")
    sure = [value for name, value in reed.form("/office/confirm")["fields"] if name == "pupil"]
    assert sorted(value.split(":")[0] for value in sure) == ["amina", "ben"]
    assert "Ring back" in reed.band("read"), "who asks to be rung is rung first"
    assert "Callum Haddow" in reed.band("read")


async def test_a_name_that_is_unticked_is_left_out(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:10").says("ngozi", "Amina is ill today")
    await office.school.at("08:11").says("kelly", "Ben has a stomach bug, off today")
    reed = await office.sign_in("reed")
    fields = [(name, value) for name, value in reed.form("/office/confirm")["fields"] if not value.startswith("ben:")]
    await reed.send("/office/confirm", fields)
    assert not (await office.school.entry("amina")).provisional
    assert (await office.school.entry("ben")).provisional


async def test_a_message_to_read_is_read_and_gone(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:30").says("+447700900555", "is Amina in school today?")
    reed = await office.sign_in("reed")
    assert "Somebody whom we do not know wrote" in reed.band("read")
    assert "is Amina in school today?" in reed.band("read")
    await reed.press("/office/alert/close")
    assert "is Amina in school today?" not in reed.text
    assert not [alert for alert in await office.school.live_alerts() if alert.reason == "unlisted_number"]


async def test_a_message_beside_danger_names_the_child_it_is_about(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:16").says("chidi", "she left at 8 to get the bus")
    await office.school.at("09:17").says("ngozi", "what time does school finish today?")
    reed = await office.sign_in("reed")
    assert "find the child" in reed.band("act")
    assert "what time does school finish" in reed.band("read")
    assert "Amina Okafor" in reed.band("read")
    assert "No child named" not in reed.band("read")


async def test_a_held_send_waits_for_its_release(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, CALLUM, rules={"brake.usual": 1, "brake.more_than": 2})
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    reed = await office.sign_in("reed")
    assert "Messages to families are held" in reed.text
    assert office.school.texts() == []
    await reed.press("/office/send/release")
    assert {to for to, _ in office.school.texts()} == {"ngozi", "kelly", "fiona"}
    assert "Messages to families are held" not in reed.text


async def test_a_held_send_that_is_stopped_is_off_the_board_and_its_children_are_the_stoppers(
    open_office: Opener,
) -> None:
    office = await open_office(AMINA, BEN, CALLUM, rules={"brake.usual": 1, "brake.more_than": 2})
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    await office.school.at("09:17").register(callum="/")
    reed, beddoes = await office.sign_in("reed"), await office.sign_in("beddoes")
    assert "The 2 children whose families have not been written to" in reed.text
    await reed.press("/office/send/stop")
    assert "Stopped: nobody is written to. You have 2 children" in reed.text
    assert "Messages to families are held" not in reed.text
    assert reed.band("act").count("Ms Reed has it since 09:17") == 2
    assert "Ms Reed stopped the message to the family. Nobody was written to." in reed.band("act")
    assert "Kelly Tolliver (mother) 07700 900003" in reed.band("act")
    await beddoes.press("/office/send/release")
    assert "Nothing is held any more." in beddoes.text
    assert office.school.texts() == []
    await reed.see("/office/child/amina")
    assert "Message to the family stopped by Ms Reed, Attendance officer" in reed.text


async def test_what_a_person_holds_can_be_released_on_the_board(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:10").provider_down("30m")
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    reed = await office.sign_in("reed")
    await reed.press("/office/send/hold")
    assert "Held for 2 children until you release or stop it." in reed.text
    assert "Held by Ms Reed, Attendance officer, 2 children" in reed.text
    await office.school.at("09:50").nothing_heard()
    await (await reed.see("/office/")).press("/office/send/release")
    assert "Released: families of 2 children are being written to now" in reed.text
    assert len(office.school.texts()) == 2


async def test_a_class_that_is_not_in_is_shown_and_can_be_taken_by_hand(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register(jan="/")
    await office.school.at("09:15").nothing_heard()
    reed = await office.sign_in("reed")
    assert "Registers not in" in reed.text
    assert "Mr Lane" in reed.text
    await office.school.at("09:30").nothing_heard()
    reed = await office.sign_in("reed")
    assert "2 children unaccounted for" in reed.text
    assert "1 Act now" in reed.text
    assert "Nothing needs you" not in reed.text
    assert office.school.texts() == []
    await reed.see("/office/register/7M/am")
    await reed.press("/office/register/7M/am", **{"mark.amina": "N", "mark.ben": "/"})
    assert "The register of 7M is in: 2 marks." in reed.text
    assert "Registers not in" not in reed.text
    assert office.school.texts() == [("ngozi", "absence.ask")]


async def test_the_register_shows_what_is_proposed_for_a_child(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:30").says("ngozi", "Amina has a fever, back tomorrow")
    reed = await office.sign_in("reed")
    await reed.see("/office/register/7M/am")
    assert "Amina Okafor Mark I , provisional" in reed.text
    assert "Ben Tolliver Mark" not in reed.text


async def test_a_press_with_a_script_hears_what_came_of_it_and_the_parts_that_changed(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("12:00").nothing_heard()
    reed = await office.sign_in("reed")
    before = prints_of(await reed.parts())
    page, fields = reed.answer, reed.form("/office/child/amina/acknowledge")["fields"]
    await reed.send("/office/child/amina/acknowledge", fields, **{"X-Firstcall-Part": "1"})
    said = "You have Amina. If it is not settled in time, it climbs again."
    assert reed.answer.json() == {"kind": "done", "text": said}
    reed.answer = page
    after = await reed.parts(have=before)
    assert set(after["parts"]) == {"row-amina"}
    assert "Ms Reed has it since 12:00" in after["parts"]["row-amina"]
    assert after["lists"]["rows-act"] == [f"row-ben:{before['row-ben']}", f"row-amina:{prints_of(after)['row-amina']}"]
    await reed.send("/office/child/amina/acknowledge", fields, **{"X-Firstcall-Part": "1"})
    assert reed.answer.json() == {"kind": "newer", "text": "Ms Reed has this since 12:00."}


async def test_a_script_that_has_everything_is_sent_nothing(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    have = prints_of(await reed.parts())
    assert (await reed.parts(have=have))["parts"] == {}
    await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
    newer = await reed.parts(have=have)
    assert set(newer["parts"]) == {"row-amina", "tally", "top-wait", "top-confirm"}


async def test_no_part_that_everybody_is_sent_holds_a_token_of_somebody(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("08:10").says("ngozi", "Please may Amina have leave on 7 December for a wedding")
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    hart, reed = await office.sign_in("hart"), await office.sign_in("reed")
    tokens = [re.search(r'name="csrf" value="([^"]+)"', one.answer.text)[1] for one in (hart, reed)]  # type: ignore[index]
    parts = [str((await one.parts())["parts"]) for one in (hart, reed)]
    assert tokens[0] in parts[0]
    assert CSRF_PLACE not in parts[0] + hart.answer.text + reed.answer.text
    assert all(token not in part for token, part in ((tokens[1], parts[0]), (tokens[0], parts[1])))


async def test_a_filter_shows_a_class_a_tier_or_three_letters_of_a_name(open_office: Opener) -> None:
    office = await open_office(AMINA, {**BEN, "tags": ["social_worker"]}, JAN, rules=FREE)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben", "jan"])
    reed = await office.sign_in("reed")
    for query, wanted in (
        ("find=oka", {"amina"}),
        ("find=k", set()),
        ("find=B", {"ben"}),
        ("group=9K", {"jan"}),
        ("year=7", {"amina", "ben"}),
        ("tier=1", {"ben"}),
        ("year=7&find=zzz", set()),
        ("", {"amina", "ben", "jan"}),
    ):
        await reed.see(f"/office/?{query}")
        shown = set(re.findall(r'<li class="row[^"]*" id="row-(\w+)"', reed.answer.text))
        assert shown == wanted, query


async def test_a_teacher_is_nudged_and_not_again_at_once(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register(jan="/")
    await office.school.at("09:16").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.press("/office/register/7M/am/nudge")
    assert "Mr Lane is reminded now." in reed.text
    assert "Reminded at 09:16 by Ms Reed." in reed.text
    async with office.school.world.database.read() as db:
        told = await outbox.with_key(db, office.school.world.school_id, "nudge/")
    assert {row.staff_id for row in told} == {"lane"}
    assert "Ms Reed asks you to take it now." in told[0].text
    await reed.press("/office/register/7M/am/nudge")
    assert "The teacher of 7M was reminded at 09:16; again from 09:21." in reed.text


async def test_three_hundred_children_are_one_page(open_office: Opener) -> None:
    crowd = [child(f"p{n}", f"Pupil{n} Name{n}", "ngozi", group=f"7{'ABCDEFGHIJ'[n % 10]}") for n in range(300)]
    office = await open_office(*crowd, rules={"brake.usual": 400, "brake.more_than": 500})
    await office.school.at("09:15").register_closes(without_reason=[one["id"] for one in crowd])
    reed = await office.sign_in("reed")
    assert "300 Waiting" in reed.text
    assert reed.answer.text.count('<li class="row') == 300
    shown = await reed.parts(have=prints_of(await reed.parts()))
    assert shown["parts"] == {}


async def test_no_live_alert_is_without_a_place_on_the_board(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:00").says("+447700900555", "is Amina in school today?")
    await office.school.at("09:10").register(jan="N")
    await office.school.at("09:31").nothing_heard()
    await office.school.at("13:00").nothing_heard()
    reed = await office.sign_in("reed")
    live = {(alert.reason, alert.pupils) for alert in await office.school.live_alerts()}
    assert {reason for reason, _ in live} >= {"unlisted_number", "unaccounted", "not_reached"}
    assert "Somebody whom we do not know wrote" in reed.text
    assert "2 children unaccounted for" in reed.text
    assert "Jan Wilk" in reed.band("act")


async def test_what_was_left_open_yesterday_is_still_there_today(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register(jan="N")
    await office.school.at("13:00").nothing_heard()
    await office.school.at("08:30", DAY + timedelta(days=1)).nothing_heard()
    reed = await office.sign_in("reed")
    live = {alert.key for alert in await office.school.live_alerts() if alert.climbs}
    assert any(key.startswith("unaccounted/") for key in live)
    assert "Tue 17 Nov: The register of 7M was not taken by the deadline" in reed.band("act")
    assert "Jan Wilk" in reed.band("act")


async def test_a_missing_register_that_climbed_stays_one_class(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register(jan="/")
    await office.school.at("09:31").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.press("/office/alert/acknowledge")
    await office.school.at("11:00").nothing_heard()
    reed = await office.sign_in("reed")
    assert "not_settled" in {alert.reason for alert in await office.school.live_alerts()}
    assert "Registers not in" in reed.text
    assert "Amina" not in reed.band("act")


async def test_a_mark_that_a_teacher_may_not_enter_is_said_and_the_others_are_taken(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/register/7M/am")
    await reed.press("/office/register/7M/am", **{"mark.amina": "I", "mark.ben": "/"})
    assert "The register of 7M is in: 1 marks. Not taken: Amina: `I` is the office’s to enter." in reed.text
    assert (await office.school.entry("ben")).mis == "/"


async def test_what_a_script_filters_by_is_said_only_where_the_row_does_not_say_it(open_office: Opener) -> None:
    accented = child("zoe", "Zoë O’Hara", "kelly", group="Maple", year=7, house="Calder", known_as=["Zo"])
    office = await open_office(AMINA, accented)
    await office.school.at("09:15").register_closes(without_reason=["amina", "zoe"])
    reed = await office.sign_in("reed")
    rows = dict(re.findall(r'<li class="row" id="row-(\w+)"([^>]*)>', reed.answer.text))
    assert 'data-group="7M"' in rows["amina"]
    assert "data-names" not in rows["amina"]
    assert "data-year" not in rows["amina"]
    assert 'data-group="Maple" data-year="7" data-house="Calder" data-names="zo zoe ohara"' in rows["zoe"]
    for find in ("ohar", "zoe", "zo", "oka"):
        await reed.see(f"/office/?find={find}")
        assert "1 of 2 shown" in reed.text, find


async def test_a_task_whose_time_has_passed_says_so(open_office: Opener) -> None:
    office = await open_office(BEN)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:20").says("kelly", "he left at 8 to get the bus")
    reed = await office.sign_in("reed")
    assert "Find the child in school by 09:30" in reed.band("act")
    await office.school.at("09:29").nothing_heard()
    await reed.see("/office/")
    assert "(late)" not in reed.band("act")
    await office.school.at("09:31").nothing_heard()
    await reed.see("/office/")
    assert "Find the child in school by 09:30 (late)" in reed.band("act")


async def test_a_task_to_ring_says_whom_and_the_number(open_office: Opener) -> None:
    office = await open_office(BEN, AMINA)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:19").says("kelly", "he left at 8 to get the bus, isnt he there??")
    reed = await office.sign_in("reed")
    assert "Kelly Tolliver (mother) 07700 900003" in reed.band("act")
    await reed.press("/office/child/ben/acknowledge")
    assert "nobody’s yet" not in reed.band("act")
    await office.school.at("09:41").says("kelly", "hes not picking up, I dont know where he is")
    await reed.see("/office/")
    assert "Ms Reed has it since 09:19; what came since is nobody’s yet" in reed.band("act")


async def test_nobody_was_asked_while_the_words_have_not_left(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:14").provider_down("30m")
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    assert "Not asked yet: the message has not left" in reed.band("wait")
    assert "Ngozi Okafor (mother), 09:15 by text, not left yet" in reed.band("wait")
    await office.school.at("09:30").nothing_heard()
    await reed.see("/office/")
    assert "The whole school" in reed.band("act")
    assert "Messages by text are not leaving: the provider does not answer." in reed.band("act")
    await reed.see("/office/call-sheet")
    assert "09:15 text, not left yet" in reed.text
    await office.school.at("09:50").nothing_heard()
    wait = (await office.sign_in("reed")).band("wait")
    assert "Asked, no answer yet" in wait
    assert re.search(r"Ngozi Okafor \(mother\), 09:4\d by text[^,]", wait)


async def test_a_call_that_is_due_stands_where_one_looks_with_the_numbers(open_office: Opener) -> None:
    rules = {
        "firstday.rounds": [{"after": "0m", "to": [1], "by": ["sms"]}, {"after": "30m", "to": [1], "by": ["call"]}]
    }
    office = await open_office(AMINA, rules=rules)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:46").nothing_heard()
    reed = await office.sign_in("reed")
    do = reed.band("read")
    assert "Read and do" in do
    assert "Ring the family" in do
    assert "Ngozi Okafor (mother) 07700 900" in do
    assert "a call is due" in do
    assert "Amina" not in reed.band("wait")
    await office.school.at("10:20").nothing_heard()
    assert "min ago" in (await office.sign_in("reed")).band("read")


async def test_the_board_says_which_day_it_is_and_that_there_is_no_school(open_office: Opener) -> None:
    office = await open_office(AMINA)
    reed = await office.sign_in("reed")
    assert "Tuesday 17 November" in (await reed.see("/office/")).text
    assert "no school today" not in reed.text
    await office.school.at("10:00", DAY + timedelta(days=4)).nothing_heard()
    reed = await office.sign_in("reed")
    assert "Saturday 21 November: no school today" in (await reed.see("/office/")).text


async def test_a_name_that_has_no_row_is_looked_for_among_all_children(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed = await office.sign_in("reed")
    await reed.see("/office/?find=ben+t")
    assert 'href="/office/people?find=ben%20t" id="find-people">' in reed.answer.text
    assert "Ben Tolliver" in (await reed.see("/office/people?find=ben%20t")).text
    await reed.see("/office/")
    assert 'id="find-people" hidden' in reed.answer.text


async def test_a_number_to_ring_is_rung_by_a_press_on_it(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "she left at 8 as always")
    reed = await office.sign_in("reed")
    for page in ("/office/", "/office/child/amina", "/office/call-sheet", "/office/people/amina"):
        assert 'href="tel:07700900' in (await reed.see(page)).answer.text, page
