"""The five schools' files: sound, complete, and as the schools wrote them."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from attendance.calendar import SchoolCalendar
from attendance.codes import code_set
from attendance.paths import data_root
from attendance.policy import (
    OVERRIDABLE,
    Policy,
    PolicyFault,
    calendar_of,
    notes,
    policy_by_key,
    policy_path,
    warnings,
    with_override,
)

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("attendance", "bot", "messaging", "storage", "mis", "office", "service")
SCHOOLS = ("blue-coat", "looe", "st-joseph-st-bede", "mary-bassett", "west-coventry")

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def raw(key: str) -> dict[str, Any]:
    return tomllib.loads(policy_path(key).read_text(encoding="utf-8"))


@pytest.fixture(params=SCHOOLS)
def policy(request: pytest.FixtureRequest) -> Policy:
    return policy_by_key(request.param)


def test_there_are_exactly_these_five() -> None:
    assert sorted(path.stem for path in (data_root() / "schools").glob("*.toml")) == sorted(SCHOOLS)


def test_each_writes_every_key_that_a_scenario_may_replace(policy: Policy) -> None:
    """A default hidden in the program would have no source; `unexplained` alone may have no steps."""
    data = raw(policy.key)
    for key in OVERRIDABLE - {"unexplained"}:
        table: Any = data
        for part in key.split("."):
            assert part in table, f"{policy.key}: {key} is not written"
            table = table[part]


def test_every_value_has_its_place(policy: Policy) -> None:
    for key in OVERRIDABLE - {"unexplained", "register", "stage", "firstday.rounds"}:
        assert policy.source_of(key), key
    for window in policy.register:
        assert policy.source_of(f"register.{window.label}.closes")
    for stage in policy.stage:
        assert policy.source_of(f"stage.{stage.id}.below_pct")
    for number, _ in enumerate(policy.firstday.rounds, 1):
        assert policy.source_of(f"firstday.rounds.{number}.after")


def test_every_reading_that_a_file_names_is_written_down(policy: Policy) -> None:
    text = (data_root() / "READINGS.md").read_text(encoding="utf-8")
    titles = {
        "blue-coat": "Blue Coat",
        "looe": "Looe",
        "st-joseph-st-bede": "St Joseph & St Bede",
        "mary-bassett": "Mary Bassett",
        "west-coventry": "West Coventry",
    }
    part = text.split(f"## {titles[policy.key]}\n", 1)[1].split("\n## ", 1)[0]
    named = {found for where in policy.sources.values() for found in re.findall(r"\bR\d+\b", where)}
    assert named, "the file names no reading"
    for reading in named:
        assert f"**{reading}." in part, f"{policy.key}: {reading} is not in READINGS.md"


def test_the_school_is_named_and_rung_in_texts(policy: Policy) -> None:
    assert set(policy.short_name) <= GSM
    assert len(policy.short_name) <= 20
    assert re.fullmatch(r"07700 900\d{3}", policy.phone), "only reserved numbers in the project"
    assert any("reserved number" in warning for warning in warnings(policy))


def test_the_law_is_the_floor_everywhere(policy: Policy) -> None:
    assert policy.code_set == "england-2024"
    assert policy.ncode.expires_school_days == 5
    assert policy.retention.register_years >= 6
    assert policy.la.return_days <= 10
    assert policy.la.sickness_days <= 15
    assert all(window.open_for <= timedelta(minutes=30) for window in policy.register)
    assert {"social_worker", "yot"} == set(policy.firstday.notify_workers)
    assert all(policy.is_tiered([worker]) for worker in policy.firstday.notify_workers)


def test_each_year_of_the_school_has_both_registers(policy: Policy) -> None:
    years = range(-1, 5) if policy.key == "mary-bassett" else range(7) if "joseph" in policy.key else range(7, 12)
    for year in years:
        assert policy.window_for("any class", year, "am"), year
        assert policy.window_for("any class", year, "pm"), year


def test_every_case_reaches_a_person_on_its_day(policy: Policy) -> None:
    last_round = max(one.after for one in policy.firstday.rounds)
    for window in policy.register:
        if window.session == "am":
            closes = timedelta(hours=window.closes.hour, minutes=window.closes.minute)
            assert closes + last_round < timedelta(hours=12)
    assert policy.firstday.deadline == time(12, 0)
    assert policy.firstday.rounds[0].after == timedelta(0), "the first word leaves when the register closes"
    assert [rung.role for rung in policy.firstday.ladder][:2] == ["attendance_officer", "safeguarding_lead"]
    asked = {place for one in policy.firstday.rounds for place in one.to}
    assert asked == {1, 2, 3, 4}, "somebody outside the household is asked before giving up"
    assert all(set(one.by) & {"sms", "email", "call"} for one in policy.firstday.rounds)


def test_no_parents_word_sets_a_code_by_itself(policy: Policy) -> None:
    assert policy.report.accepts == ()


def test_a_cold_morning_is_no_mass_send_but_a_lost_register_is(policy: Policy) -> None:
    assert policy.brake.usual < policy.brake.more_than == 3 * policy.brake.usual


@pytest.mark.parametrize(
    ("key", "opens", "closes", "cutoff", "notice", "repeat"),
    [
        ("blue-coat", "08:45", "09:15", "08:30", "2w", "daily"),
        ("looe", "08:40", "09:05", "09:00", "0d", "none"),
        ("st-joseph-st-bede", "08:55", "09:00", "09:00", "4w", "daily"),
        ("mary-bassett", "08:45", "09:15", "08:45", "2w", "daily"),
        ("west-coventry", "08:45", "09:15", "08:30", "4sw", "daily"),
    ],
)
def test_the_times_that_each_school_wrote(
    key: str, opens: str, closes: str, cutoff: str, notice: str, repeat: str
) -> None:
    policy = policy_by_key(key)
    window = policy.window_for("any class", 4, "am")
    assert window is not None
    assert (f"{window.opens:%H:%M}", f"{window.closes:%H:%M}") == (opens, closes)
    assert f"{policy.report.cutoff:%H:%M}" == cutoff
    assert str(policy.leave.notice) == notice
    assert policy.report.repeat == repeat


def test_what_is_peculiar_to_each() -> None:
    steps = {key: [(step.day, step.action) for step in policy_by_key(key).unexplained] for key in SCHOOLS}
    assert steps["mary-bassett"] == [(1, "risk_assess"), (2, "warn_of_visit"), (2, "home_visit")]
    assert (3, "home_visit") in steps["st-joseph-st-bede"]
    assert not any(action == "home_visit" for _, action in steps["blue-coat"]), "may visit is a person's decision"
    assert steps["looe"] == [(4, "ring")], "more than three days"
    assert steps["west-coventry"] == []
    visit = policy_by_key("mary-bassett").unexplained[2]
    assert visit.at == time(12, 0)
    assert len(visit.who) == 2
    assert visit.who[0] == "senior_leader"
    assert policy_by_key("blue-coat").la.cme_day == 5
    assert policy_by_key("st-joseph-st-bede").late.letter_after == 3
    assert "near_statutory_assessment" in policy_by_key("mary-bassett").leave.flags
    assert "call" in policy_by_key("st-joseph-st-bede").firstday.rounds[0].by
    assert policy_by_key("west-coventry").register[0].gate_until == time(9, 0)


def test_the_specimen_calendar_says_so_and_counts_school_days(policy: Policy) -> None:
    text = (data_root() / "calendars" / policy.calendar_file).read_text(encoding="utf-8")
    assert "invented for rehearsals" in json.loads(text)["source"]
    calendar = calendar_of(policy)
    assert isinstance(calendar, SchoolCalendar)
    assert calendar.after(date(2026, 10, 19), 5) == date(2026, 11, 2), "half term has no school day"
    assert not calendar.is_school_day(date(2026, 11, 27))
    window = policy.window_for("any class", 4, "am")
    assert window is not None
    assert calendar.am.closes == window.closes


def test_check_policy_tells_a_school_what_to_look_at() -> None:
    told = warnings(policy_by_key("mary-bassett"))
    assert any("different times (12:00, 12:45, 13:30)" in line for line in told)
    assert any(line.startswith("school.code_set: law: SI 2024/208") for line in told)
    assert not any(": default:" in line for line in told)
    assert any(line.startswith("quiet_hours: default:") for line in notes(policy_by_key("mary-bassett")))
    assert any("25 min, pm.all 10 min" in line for line in warnings(policy_by_key("looe")))


def test_parents_who_are_asked_before_their_own_cut_off_are_a_warning() -> None:
    told = "parents may report until"
    for key in SCHOOLS:
        assert not any(told in line for line in warnings(policy_by_key(key))), key
    later = with_override(policy_by_key("looe"), {"report.cutoff": "09:30"})
    assert any(f"{told} 09:30, but are asked from 09:05" in line for line in warnings(later))


def test_an_unknown_school_is_named_with_the_near_one() -> None:
    with pytest.raises(PolicyFault, match="did you mean `blue-coat`"):
        policy_by_key("bluecoat")
    with pytest.raises(PolicyFault, match="no policy"):
        policy_by_key("../codes/england-2024")


def test_advice_on_how_long_an_illness_keeps_a_child_away_has_its_source() -> None:
    with (data_root() / "exclusion-periods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 40
    assert all(row["disease"] and row["exclusion_rule"] and row["source"] for row in rows)
    upset = next(row for row in rows if row["disease"] == "diarrhoea and vomiting")
    assert (upset["hours"], upset["counted_from"]) == ("48", "last_episode")


def test_the_codes_that_teachers_may_enter_exist(policy: Policy) -> None:
    assert all(code in code_set(policy.code_set) for code in policy.registers.teacher_codes)


ONLY_SHOWN = {
    "registers.lesson_save_minutes", "registers.record_minutes_late", "report.written_on_return", "report.return_slip",
    "school.attendance_target_pct",
}  # fmt: skip


def test_what_nothing_acts_on_is_said_to_be_only_shown() -> None:
    """The warnings name exactly these; no code but the policy's own and the page that shows them reads one of them."""
    every = [line for key in SCHOOLS for line in warnings(policy_by_key(key)) if ": only shown;" in line]
    assert {line.partition(":")[0] for line in every} == ONLY_SHOWN
    code = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    for key in ONLY_SHOWN:
        name = key.rpartition(".")[2]
        read_by = {path.relative_to(ROOT).as_posix() for path in code if name in path.read_text("utf-8")}
        assert read_by == {"attendance/policy/parts.py", "attendance/policy/checks.py", "office/policy/policy_text.py"}
