"""Days that are counted from another one, and days of the last week of a term; numbers and words that are no day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, told, written

SICK = {
    "children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-11", "session": "day",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        # a week from a day
        (
            "Grandad's funeral is a week tomorrow so Tess will miss that day. Monday back",
            "2027-06-09T16:15",
            "2027-06-17 2027-06-21",
        ),
        ("Tess off two weeks tomorrow for her uncle's wedding", "2026-11-10T17:00", "2026-11-25 2026-11-26"),
        ("Tess has a funeral a week on Thursday and will be off", "2026-11-10T17:00", "2026-11-19 2026-11-20"),
        (
            "Were off to the horse fair from thursday next. Tess back in a fortnight from then",
            "2026-09-17T12:15",
            "2026-09-24 2026-10-08",
        ),
        ("Tess ill, back in a week", "2026-11-03T08:15", "2026-11-03 2026-11-10"),
        # so long from a day
        (
            "Tess can only do mornings for the next 3 weeks so from Monday she gets picked up at 12",
            "2027-06-10T22:02",
            "2027-06-14 2027-07-05 pm 12:00",
        ),
        (
            "Tess is having her tonsils out, she will be off for a fortnight from Tuesday",
            "2027-04-15T18:00",
            "2027-04-20 2027-05-04",
        ),
        ("tess signed off 3 wks from monday", "2026-11-05T18:00", "2026-11-09 2026-11-30"),
        (
            "Tess was rushed in last night, she is having her appendix out, they say 4 weeks before she can come back",
            "2026-11-10T09:12",
            "2026-11-10 2026-12-08",
        ),
        ("Tess has mumps, it is 2 weeks before she is fit for school", "2026-11-10T09:12", "2026-11-10 2026-11-24"),
        ("Tess is at the hospital for her 6 month check up all day", "2026-11-10T09:12", "2026-11-10 2026-11-11"),
        ("Tess has a cold, she was fine 2 days before", "2026-11-10T09:12", "2026-11-10 -"),
        ("Tess has shingles, a week before shes allowed back", "2026-11-10T09:12", "2026-11-10 2026-11-17"),
        ("Tess has a cold, was ill 2 weeks before she came back last time", "2026-11-10T09:12", "2026-11-10 -"),
        ("Tess broke her arm 2 weeks before the holidays, check up today", "2026-11-10T09:12", "2026-11-10 -"),
        ("Tess on antibiotics for 7 days from today, back tomorrow", "2026-11-05T08:00", "2026-11-05 2026-11-06"),
        (
            "Tess has an operation on the 24th and will need the rest of that week off",
            "2026-11-10T18:00",
            "2026-11-24 2026-11-30",
        ),
        (
            "Tess's op is on Monday 30 November and she'll be off that week",
            "2026-11-10T18:00",
            "2026-11-30 2026-12-07",
        ),
        (
            "Tess is off on the 19th for a wedding, can I have a meeting that week",
            "2026-11-10T18:00",
            "2026-11-19 2026-11-20",
        ),
        # the last week
        (
            "Tess will be away the last Thursday and Friday before Whitsun half term, we go to France",
            "2027-04-14T13:40",
            "2027-05-27 2027-06-07",
        ),
        (
            "may Tess have the last Thursday and Friday before the October half term off for a cruise",
            "2026-09-22T17:00",
            "2026-10-22 2026-11-02",
        ),
        (
            "can I take Tess out on the Thursday of the last week for her brother's passing out parade",
            "2026-12-04T17:05",
            "2026-12-17 2026-12-18",
        ),
        (
            "Tess won't be in on the Monday and Tuesday of the last week of term, family wedding",
            "2026-11-30T17:05",
            "2026-12-14 2026-12-16",
        ),
        (
            "Tess will miss the Tuesday of the final week of term for a family wedding",
            "2027-07-05T17:05",
            "2027-07-20 2027-07-21",
        ),
        ("Tess was ill on the Thursday of last week", "2026-11-17T08:00", "2026-11-12 2026-11-13"),
        (
            "her phone is took away for a week for cheek. Ortho tomorrow at 8.45, tess will come in after",
            "2026-09-24T15:52",
            "2026-09-25 2026-09-25 am",
        ),
        # behind "and" a list is at its end
        (
            "We fly tomorrow after school. Two days missed, Wednesday and Thursday, Friday she'll be at her desk",
            "2026-09-28T19:10",
            "2026-09-30 2026-10-02",
        ),
        # the day itself, with what is said of its noon
        (
            "Tess has the dentist first thing Thursday so Thursday dinner",
            "2026-11-10T17:35",
            "2026-11-12 2026-11-12 am",
        ),
        # an evening about the next morning
        (
            "their mother had the baby this afternoon, tess visits in the morning and is in by twelve",
            "2026-11-10T18:35",
            "2026-11-11 2026-11-11 am 12:00",
        ),
        # she leaves when she is to stand ready
        (
            "Tess's brace check is 3.10 on Thursday. If she could be waiting in reception at twenty to three",
            "2027-01-26T17:55",
            "2027-01-28 2027-01-29 pm 14:40",
        ),
        (
            "Tess has the optician at 2.30 tomorrow, could she be waiting at the office at 2",
            "2027-01-26T17:55",
            "2027-01-27 2027-01-28 pm 14:00",
        ),
        (
            "Tess has physio at 11, can she be in reception for 10.30 please",
            "2027-01-26T07:55",
            "2027-01-26 2027-01-26 am 10:30",
        ),
    ],
)
def test_these_days_are_counted(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Tess:7")) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        ("missed the bus then missed the 2nd 1 so no point. tomorrow", "2026-09-28T09:38", "2026-09-28 2026-09-29"),
        ("its her 2nd lot of antibiotics, back thursday", "2026-11-10T09:38", "2026-11-10 2026-11-12"),
        ("bad chest. seeing the gp thursday first thing so thursday", "2026-11-10T09:35", "2026-11-10 2026-11-12"),
        (
            "ear infection, back when the doctor has seen her which is Friday first thing, so Friday dinner",
            "2027-05-05T09:35",
            "2027-05-05 2027-05-07",
        ),
        ("overslept. all of us. not worth it now tomorrow", "2027-02-11T09:33", "2027-02-11 2027-02-12"),
        ("car wont start its too late now tomorrow instead", "2026-11-10T09:33", "2026-11-10 2026-11-11"),
    ],
)
def test_a_number_or_a_now_is_no_other_day(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Tess:7", "absence")) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("no not tom friday", "2026-11-13"),
        ("not tomorrow friday", "2026-11-13"),
        ("not tmrw, thursday", "2026-11-12"),
        ("no not thursday friday", "2026-11-13"),
    ],
)
def test_not_tom_is_not_tomorrow(text: str, back: str) -> None:
    """Of a family without a Tom."""
    (report,) = read(text, "2026-11-10T09:41", "Tess:7", "confirm", SICK).reports
    assert str(report.return_day) == back


def test_not_tom_is_a_boy_where_one_of_them_is() -> None:
    assert read("not tom, ella", "2026-11-10T09:41", "Tom:7 Ella:3", "child", SICK).reports[0].children == ("c2",)


@pytest.mark.parametrize(
    ("text", "sent", "first"),
    [
        ("tess with her aunty tonight, she will be late tomorow 10am because it is far", "20:44", "2026-11-11"),
        ("Tess will be late in the morning, about 9.30, we are at the hospital", "20:44", "2026-11-11"),
        ("Tess will be late on Thursday, in by 10", "08:00", "2026-11-12"),
        ("tess is going to be late tomorrow, 9.30ish, the car is in the garage", "18:00", "2026-11-11"),
        ("late again sorry, will set two alarms for tomorrow. 10 mins", "08:00", "None"),
        ("Tess is late today, back to normal tomorrow. there by 9.30", "08:00", "None"),
        ("Tess is running late, in by 9.30", "08:00", "None"),
        ("World book day is tomorrow not today isnt it? Turning back home, Tess in at 9.25", "07:50", "None"),
        ("tess late sorry!! first day back brain, forgot alarm. 9ish", "07:34", "None"),
        ("Tess missed the train. On the 9.05 so 9.30", "08:08", "None"),
        ("Tess's bus never came. the 8 oclock or the 8.10. walking in. 9.25", "08:08", "None"),
        ("sorry Tess was late in the morning, we overslept", "17:00", "None"),
    ],
)
def test_who_will_be_late_tomorrow_is_not_late_today(text: str, sent: str, first: str) -> None:
    understood = read(text, f"2026-11-10T{sent}", "Tess:7")
    assert (understood.intent, [str(report.first_day) for report in understood.reports]) == ("late", [first])


@pytest.mark.parametrize(
    "text",
    [
        "Tess's glasses broke and she can't see. Optician can fit us in tomorrow 9am then she'll be straight in",
        "toothache. dentist tomorrow at 9 then shes in",
        "her ear is bad, gp tomorrow first thing and then I'll bring her",
        "knee is the size of a melon, xray tomorrow 10am, in afterwards",
    ],
)
def test_who_is_missed_today_and_seen_tomorrow_is_in_after_that(text: str) -> None:
    """Not back today, which would end the search for her."""
    assert told(read(text, "2026-11-10T09:28", "Tess:7", "absence")) == {"c1": ["2026-11-10 2026-11-11"]}


@pytest.mark.parametrize(
    "text",
    [
        "Tess is having physio for her back at 9. Traffic permitting she will be in for lesson 3.",
        "tess at the dentist the noo for a brace, 9.20 to 10.10, then she's back",
        "parade at the barracks with her dad. Back with you after lunch if the rain holds off and if not tomorrow",
    ],
)
def test_who_is_back_today_is_not_away_until_tomorrow(text: str) -> None:
    assert told(read(text, "2026-11-10T09:31", "Tess:7", "absence")) == {"c1": ["2026-11-10 2026-11-10 am"]}


def test_an_appointment_of_tomorrow_is_of_tomorrow() -> None:
    understood = read("Tess has the dentist tomorrow at 9 then she'll be straight in", "2026-11-10T18:28", "Tess:7")
    assert told(understood) == {"c1": ["2026-11-11 2026-11-11 am"]}


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("another 2 days then we'll see", "2026-11-13"),
        ("one more day", "2026-11-12"),
        ("back tomorrow", "2026-11-12"),
        ("tomorrow I think, if not after half term", "2026-11-12"),
    ],
)
def test_days_more_are_counted_from_today(text: str, back: str) -> None:
    """Asked on the second day of an illness."""
    message = written(text, "2026-11-11T09:38", "Tess:7", "return", SICK | {"return_day": None})
    assert message.asked is not None
    (report,) = understand(replace(message, asked=replace(message.asked, day=date(2026, 11, 10))), CALENDAR).reports
    assert str(report.return_day) == back


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        ("Tom's off the first three days this week, in Ireland", "2026-11-08T19:30", ("2026-11-09", "2026-11-12")),
        ("he'll miss the first 2 days next week, we're in Cork", "2026-11-05T12:00", ("2026-11-09", "2026-11-11")),
        ("away the first couple of days of next week", "2026-11-05T12:00", ("2026-11-09", "2026-11-11")),
        ("taking him out the last two days this week", "2026-11-10T08:00", ("2026-11-12", "2026-11-16")),
        ("off the last 3 days next week for Legoland", "2026-11-05T12:00", ("2026-11-11", "2026-11-16")),
        ("the second half of next week Tom is at a wedding", "2026-11-05T12:00", ("2026-11-11", "2026-11-16")),
        ("off the whole of next week, Spain", "2026-11-05T12:00", ("2026-11-09", "2026-11-16")),
    ],
)
def test_the_first_or_last_days_of_a_week_are_not_all_of_it(text: str, sent: str, days: tuple[str, str]) -> None:
    (report,) = read(text, sent).reports
    assert (str(report.first_day), str(report.return_day)) == days


def test_another_48_are_hours() -> None:
    """ "Sick again last night so that's another 48", of a child that was to be back tomorrow."""
    held = Report(("c1",), "I", date(2026, 11, 9), date(2026, 11, 11), "day")
    for text in ("been sick again 10pm last nite so thats another 48", "sick again so another 48 from today"):
        message = replace(written(text, "2026-11-10T07:45", "Tess:7"), known=(held,))
        (report,) = understand(message, CALENDAR).reports
        assert report.return_day == date(2026, 11, 12)
