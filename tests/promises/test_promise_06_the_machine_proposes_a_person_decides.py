"""Promise 6. Marks and proposals are separate layers; every change keeps what was before, why, when, and by whom."""

from __future__ import annotations

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool


async def test_a_code_from_a_message_is_provisional_until_a_person_confirms_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    entry = await school.entry("amina")
    assert (entry.mis, entry.ours, entry.provisional) == ("N", "I", True)
    await school.at("09:40").staff("reed").confirms("amina")
    entry = await school.entry("amina")
    assert (entry.mis, entry.ours, entry.provisional, entry.by) == ("N", "I", False, "Ms Reed")


async def test_an_n_that_comes_again_does_not_undo_a_provisional_i(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    await school.at("09:40").register(amina="N")
    await school.at("10:40").register(amina="N")
    assert (await school.entry("amina")).current == "I"
    assert school.marks("amina") == [("N", "I")]
    assert school.state("amina") == "answered"
    await school.at("13:00").nothing_heard()
    assert [template for _, template in school.texts()] == ["absence.ask", "absence.recorded"]
    assert school.alerts() == []


async def test_the_schools_own_rule_may_confirm_and_is_named(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules={"report.accepts": ["I"]})
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    last = (await school.amendments("amina"))[-1]
    entry = await school.entry("amina")
    assert (entry.ours, entry.provisional) == ("I", False)
    assert (last.by, last.position) == ("Ms Reed", "Attendance officer")
    assert "report.accepts" in last.reason


async def test_every_change_keeps_the_entry_before_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    await school.at("09:50").staff("reed").amends("amina", "L", "Seen in the music block at 09:45")
    changes = [one for one in await school.amendments("amina") if one.session.half == "am"]
    assert [(one.original, one.code, one.provisional) for one in changes] == [("N", "I", True), ("N", "L", False)]
    assert changes[-1].reason == "Seen in the music block at 09:45"
    assert (changes[-1].by, changes[-1].position) == ("Ms Reed", "Attendance officer")
    assert f"{changes[-1].at:%H:%M}" == "09:50"


async def test_an_amendment_of_an_amendment_names_what_a_person_entered(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    await school.at("09:40").staff("reed").confirms("amina")
    await school.at("09:50").staff("reed").amends("amina", "L", "Seen in the music block at 09:45")
    changes = [one for one in await school.amendments("amina") if one.session.half == "am"]
    assert [(one.original, one.code) for one in changes] == [("N", "I"), ("N", "I"), ("I", "L")]


async def test_the_rule_of_the_school_names_the_mark_that_stood(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules={"report.accepts": ["I"]})
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    assert [one.original for one in await school.amendments("amina") if one.session.half == "am"] == ["N", "N"]


async def test_a_child_who_is_seen_outranks_a_proposal_and_staff_hear_of_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", "Amina is ill today")
    await school.at("09:15").register_closes()
    entry = await school.entry("amina")
    assert (entry.mis, entry.ours, entry.current) == ("/", "I", "/")
    assert school.alerted("discrepancy", "amina") == [("09:15", "reed")]
    assert school.texts() == [("ngozi", "absence.recorded")]
