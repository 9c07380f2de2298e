"""Figures: the day's minutes, replies and reasons, the week and the term as plots, unusual illness, and CSV."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from attendance.calendar import Session
from office.figures.charts import Bar, bars
from office.figures.figures import newly_ill, replies
from storage import register
from storage.journal import Line
from tests.office.browsing import Opener, OpenOffice
from tests.support.families import AMINA, BEN, JAN, ZOFIA, adult, child
from tests.support.school import DAY

CLASS = [child(f"c{n}", f"Child{n} Hill", f"p{n}", group="7M") for n in range(6)]
PARENTS = [adult(f"p{n}", f"Parent{n} Hill", 100 + n, "mother", f"h{n}") for n in range(6)]


async def test_a_day_in_figures(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:27").says("ngozi", "Amina was sick twice in the night, off today")
    hart = await office.sign_in("hart")
    await hart.see("/office/figures")
    assert "Figures, Tuesday 17 November 2026" in hart.text
    assert "Without a reason at the close 2 1 still not known" in hart.text
    assert "Answer 12 min 1 of 2, longest 12 min" in hart.text
    assert "Contacts who wrote back 50 % 1 of 2 asked" in hart.text
    assert re.search(r"I Illness.{0,40} 1", hart.text)
    assert "Stomach, sickness 1 too few days" in hart.text
    assert "unusual" not in hart.band("act")
    assert "More children ill than usual" not in hart.text
    assert len(hart.answer.content) < 100_000


async def test_names_are_on_no_figure(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    hart = await office.sign_in("hart")
    for path in ("/office/figures", "/office/figures/days.csv", "/office/figures/illness.csv"):
        await hart.see(path)
        assert hart.status == 200
        assert "Amina" not in hart.answer.text


async def test_figures_are_for_those_who_see_the_whole_school(open_office: Opener) -> None:
    office = await open_office(AMINA)
    assert (await (await office.sign_in("lane")).see("/office/figures")).status == 403
    assert 'href="/office/figures"' not in (await (await office.sign_in("lane")).see("/office/")).answer.text


async def test_three_of_a_class_in_which_nobody_was_ill_are_unusual(open_office: Opener) -> None:
    office = await open_office(*CLASS, adults=PARENTS)
    await _marked_ill(office, ["c0", "c1", "c2"], well_days=9)
    hart = await office.sign_in("hart")
    await hart.see("/office/figures")
    assert "More children ill than usual 7M: 3 (usual 0.0)" in hart.text
    assert "7M 3 0.0 up to 0.0 unusual" in hart.text


async def test_two_are_not(open_office: Opener) -> None:
    office = await open_office(*CLASS, adults=PARENTS)
    await _marked_ill(office, ["c0", "c1"], well_days=9)
    hart = await office.sign_in("hart")
    assert "unusual" not in (await hart.see("/office/figures")).text.replace("When is a number unusual?", "").replace(
        "nothing is called unusual", ""
    )


async def test_days_of_which_no_marks_are_known_are_no_days_without_illness(open_office: Opener) -> None:
    office = await open_office(*CLASS, adults=PARENTS)
    await _marked_ill(office, ["c0", "c1", "c2"], well_days=8)
    hart = await office.sign_in("hart")
    assert "7M 3 too few days" in (await hart.see("/office/figures")).text


async def test_days_before_we_listened_are_no_days_without_symptoms(open_office: Opener) -> None:
    office = await open_office(*CLASS, adults=PARENTS)
    await _marked_ill(office, [], well_days=9)
    for n in range(3):
        await office.school.at(f"08:1{n}").says(f"p{n}", f"Child{n} has a fever, off today")
    hart = await office.sign_in("hart")
    await hart.see("/office/figures")
    assert "Fever, flu 3 too few days" in hart.text
    assert "7M 3 0.0 up to 0.0 unusual" in hart.text


async def _marked_ill(office: OpenOffice, pupils: list[str], well_days: int) -> None:
    """These are ill today; on the school days before, everybody who is marked was here."""
    world = office.school.world
    school = await world.runner.school(world.school_id)
    days = [day for day in school.calendar.school_days if day < DAY][-well_days:]
    async with world.database.begin() as db:
        marks = [(pupil, Session(DAY, "am"), "I") for pupil in pupils]
        marks += [("c5", Session(day, "am"), "/") for day in days]
        await register.put_marks(db, world.school_id, marks, world.clock.now())


async def test_the_term_as_csv_has_a_line_for_every_school_day(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:27").says("ngozi", "Amina has a bad cough, off today")
    hart = await office.sign_in("hart")
    await hart.see("/office/figures/days.csv")
    rows = list(csv.DictReader(io.StringIO(hart.answer.text)))
    assert rows[0]["day"] == "2026-09-02"
    assert rows[-1]["day"] == DAY.isoformat()
    assert rows[-1]["without_reason_at_close"] == "2"
    assert rows[-1]["median_minutes_to_answer"] == "12.0"
    assert (rows[-1]["contacts_asked"], rows[-1]["contacts_replied"]) == ("2", "1")
    assert (rows[-1]["absent_I"], rows[-1]["absent_N"]) == ("1", "1")
    assert rows[-1]["newly_ill_chest_and_throat"] == "1"
    assert rows[-2]["without_reason_at_close"] == "0"
    assert ("hart", "export_figures", "figures/days.csv") in await office.audit()


async def test_a_class_with_the_name_of_a_formula_is_harmless_in_a_spreadsheet(open_office: Opener) -> None:
    office = await open_office(child("amina", "Amina Okafor", "ngozi", group="=1+1"))
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    hart = await office.sign_in("hart")
    await hart.see("/office/figures/illness.csv")
    assert {row["class"] for row in csv.DictReader(io.StringIO(hart.answer.text))} == {"'=1+1"}


async def test_an_earlier_day_is_judged_by_what_was_before_it(open_office: Opener) -> None:
    office = await open_office(AMINA, ZOFIA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("08:30", DAY + timedelta(days=1)).nothing_heard()
    hart = await office.sign_in("hart")
    await hart.see("/office/figures")
    assert "Figures, Wednesday 18 November 2026" in hart.text
    await hart.see(f"/office/figures?day={DAY}")
    assert "Without a reason at the close 1" in hart.text
    await hart.see("/office/figures?day=2026-07-01")
    assert hart.status == 200


def test_a_reply_is_a_contact_who_was_asked_and_wrote_afterwards() -> None:
    lines = [
        _line("received", contact="b", text="off today"),
        _line("sent", to="a", template="absence.ask"),
        _line("sent", to="a", template="absence.ask"),
        _line("sent", to="b", template="absence.ask_siblings"),
        _line("sent", to="c", template="absence.recorded"),
        _line("received", contact="a", text="poorly"),
        _line("received", contact="a", text="sorry, poorly"),
    ]
    assert replies(lines) == (2, 1)


def test_a_child_counts_once_under_a_symptom_however_often_it_is_said() -> None:
    understood = {"reports": [{"code": "I", "children": ["mo"]}]}
    lines = [
        _line("received", contact="a", text="Mo has a cough", understood=understood),
        _line("received", contact="b", text="bad cough and a temperature", understood=understood),
        _line("received", contact="a", text="Mo is poorly", understood=understood),
        _line("received", contact="c", text="Eid today", understood={"reports": [{"code": "R", "children": ["jo"]}]}),
        _line("received", contact="c", text="cough?", understood=None),
        _line("received", contact="c", text="She has a cough", understood={"reports": [{"children": ["jo"]}]}),
        _line("received", contact="c", text="cough", understood={"intent": "chat"}),
    ]
    assert newly_ill(lines) == {"chest_and_throat": 1, "fever": 1, "not_said": 1}


def _line(kind: str, **data: object) -> Line:
    from datetime import UTC, datetime

    return Line(datetime(2026, 11, 17, 9, tzinfo=UTC), kind, data)


def test_a_plot_says_in_words_what_it_shows_and_escapes_its_labels() -> None:
    plot = bars("x", "Ill & <well>", "Mon: 3", [Bar("<Mon>", 3), Bar("Tue", None), Bar("Wed", 0, True)])
    assert 'role="img" aria-labelledby="x-t x-d"' in plot
    assert '<title id="x-t">Ill &amp; &lt;well&gt;</title><desc id="x-d">Mon: 3</desc>' in plot
    assert "&lt;Mon&gt;" in plot
    assert plot.count("<rect") == 2
    assert "style=" not in plot


def test_a_plot_of_nothing_is_drawn() -> None:
    assert "<svg" in bars("x", "t", "d", [])
    assert "<svg" in bars("x", "t", "d", [Bar("a", 4321.0)])
