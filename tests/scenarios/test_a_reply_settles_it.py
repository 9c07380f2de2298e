"""Mornings on which a parent says why: before the cut-off, after the first text, or the second one asked."""

from __future__ import annotations

from datetime import timedelta

from tests.support.families import AMINA, BEN, CALLUM, JAN, ZOFIA
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY


async def test_reported_before_the_cut_off_nobody_is_asked(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:10").says("ngozi", "Amina is poorly today, she has a temperature")
    assert school.texts() == [("ngozi", "absence.recorded")]
    assert "temperature" not in school.words_to("ngozi")[0]
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("13:00").nothing_heard()
    assert school.texts() == [("ngozi", "absence.recorded")]
    assert (await school.entry("amina")).current == "I"
    assert (await school.entry("amina")).provisional
    assert school.state("amina") is None
    assert school.alerts() == []


async def test_answered_by_the_first_contact_the_second_is_left_in_peace(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.texts() == [("ngozi", "absence.ask")]
    assert "Amina" in school.words_to("ngozi")[0]
    assert "Okafor" not in school.words_to("ngozi")[0]
    await school.at("09:22").says("ngozi", "sorry she has a tummy bug, off today")
    assert school.marks("amina") == [("N", "I")]
    assert school.state("amina") == "answered"
    await school.at("13:00").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask"), ("ngozi", "absence.recorded")]
    assert school.alerts() == []


async def test_answered_by_the_second_contact(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:44").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask")]
    await school.at("09:45").nothing_heard()
    assert school.texts()[1:] == [("chidi", "absence.ask")]
    await school.at("09:52").says("chidi", "Amina is with me, she has been sick")
    assert school.marks("amina") == [("N", "I")]
    assert school.state("amina") == "answered"
    # the mother, in another household, hears that it is settled: not why, not where, not from whom
    assert sorted(school.texts()[2:]) == [("chidi", "absence.recorded"), ("ngozi", "absence.settled_other_household")]
    settled = school.words_to("ngozi")[1].casefold()
    assert not any(word in settled for word in ("sick", "ill", "chidi", "father", "with"))
    await school.at("13:00").nothing_heard()
    assert school.alerts() == []


async def test_a_person_confirms_what_was_read(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina has a fever and is staying in bed today")
    assert (await school.entry("amina")).provisional
    await school.at("09:40").staff("reed").confirms("amina")
    entry = await school.entry("amina")
    assert (entry.current, entry.provisional, entry.by, entry.position) == ("I", False, "Ms Reed", "Attendance officer")
    assert school.state("amina") == "settled"


async def test_brother_and_sister_in_one_text_and_one_answer(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN, BEN)
    await school.at("09:15").register_closes(without_reason=["zofia", "jan"])
    assert school.texts() == [("agata", "absence.ask_siblings")]
    assert all(name in school.words_to("agata")[0] for name in ("Zofia", "Jan"))
    await school.at("09:25").says("agata", "Zofia and Jan both have a bad cold, they are staying home today")
    assert school.marks("zofia") == [("N", "I")]
    assert school.marks("jan") == [("N", "I")]
    assert school.texts()[1:] == [("agata", "absence.recorded")]
    await school.at("13:00").nothing_heard()
    assert len(school.texts()) == 2
    assert school.alerts() == []


async def test_a_grandmother_is_asked_to_ring_and_told_nothing_more(open_school: OpenSchool) -> None:
    school = await open_school(CALLUM)
    await school.at("09:15").register_closes(without_reason=["callum"])
    await school.at("09:45").nothing_heard()
    assert school.texts() == [("fiona", "absence.ask"), ("nan", "absence.ask_other_contact")]
    said = school.words_to("nan")[0].casefold()
    assert "ring" in said
    assert not any(word in said for word in ("absen", "registration", "why", "away"))


async def test_here_after_all_the_mother_who_was_asked_hears_it_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:31").register(amina="L")
    assert school.texts() == [("ngozi", "absence.ask"), ("ngozi", "absence.all_clear")]
    assert school.state("amina") == "settled"
    await school.at("09:40").staff("reed").gives_the_all_clear()
    await school.at("13:00").nothing_heard()
    assert len(school.texts()) == 2
    assert school.alerts() == []


async def test_no_to_a_read_back_takes_it_out_again_and_asks_why(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is at the dentist")
    assert school.marks("amina") == [("N", "M")]
    await school.at("09:21").says("ngozi", "No")
    assert school.marks("amina") == [("N", "M"), ("M", "N")]
    assert school.state("amina") == "asked"
    assert school.texts()[-1] == ("ngozi", "absence.reason")
    await school.at("09:24").says("ngozi", "she has a cold")
    assert school.marks("amina")[-1] == ("N", "I")
    await school.at("13:00").nothing_heard()
    assert school.alerts() == []


async def test_still_poorly_the_next_day_nobody_asks_why_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", "Amina has flu, back tomorrow")
    tomorrow = DAY + timedelta(days=1)
    await school.at("08:05", tomorrow).says("ngozi", "Amina is still in bed so she'll be back on Thursday instead")
    assert school.texts()[-1][1] in {"absence.recorded", "absence.corrected"}
    await school.at("09:15", tomorrow).register_closes(without_reason=["amina"])
    assert (await school.entry("amina")).current == "I"
    assert len(school.texts()) == 2


async def test_in_this_afternoon_as_the_family_said_is_no_discrepancy(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:33").says("ngozi", "Amina has a nosebleed, she'll be in this afternoon")
    await school.at("13:15").register("pm", amina="\\")
    await school.at("15:30").nothing_heard()
    assert school.alerts("amina") == []
    case = await school.case("amina")
    assert (case.whereabouts, case.reason, case.outcome) == ("confirmed", "proposed", "answered_ill")
    await school.at("15:40").staff("reed").confirms("amina")
    assert (await school.entry("amina")).provisional is False, "the morning's code was still to confirm"


async def test_in_after_the_dentist_and_marked_after_lunch_is_no_discrepancy(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "Amina is at the dentist, in by 10.30")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("10:46").nothing_heard()
    assert school.alerts("amina") == [("reed", "not_returned")]
    await school.at("13:15").register("pm", amina="\\")
    await school.at("15:30").nothing_heard()
    assert {reason for _, reason in school.alerts("amina")} == {"not_returned"}
    assert [alert.key for alert in await school.live_alerts() if "amina" in alert.pupils] == []


async def test_off_all_day_and_marked_after_lunch_is_one(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:33").says("ngozi", "Amina is ill today, back tomorrow")
    await school.at("13:15").register("pm", amina="\\")
    assert school.alerted("discrepancy", "amina") == [("13:15", "reed")]


async def test_asked_and_not_answered_the_afternoon_says_where_and_not_why(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("13:15").register("pm", amina="\\")
    case = await school.case("amina")
    assert (case.stage, case.whereabouts, case.reason) == ("settled", "confirmed", "none")
    assert school.texts()[-1] == ("chidi", "absence.all_clear")
