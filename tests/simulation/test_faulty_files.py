"""A file that is not a valid scenario runs nothing: exit status 2, and each fault with its place."""

from __future__ import annotations

import asyncio
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from attendance.ladder import ALERT_REASONS
from service.rehearsal.scenario import read_scenario
from service.rehearsal.scenario_checks import KEYS
from service.rehearsal.simulation import rehearse, run_file

SOUND = Path(__file__).parents[1] / "scenarios" / "days" / "own-a-blank-is-an-n.toml"
CALENDAR = SOUND.parent / "calendar.json"

NEVER = "[[never]]\n"
FAULTS = [
    ("an unknown key of a pupil", 'group = "class 8"', 'group = "class 8"\nhair = "red"', ["pupil.1.hair"]),
    ("an unknown key of the file", "title  =", 'colour = "red"\ntitle  =', ["colour"]),
    (
        "an unknown key of the policy",
        'firstday.deadline = "12:00"',
        'firstday.deadlnie = "12:00"',
        ["firstday.deadlnie"],
    ),
    (
        "an impossible time of the policy",
        'firstday.deadline = "12:00"',
        'firstday.deadline = "25:00"',
        ["firstday.deadline"],
    ),
    ("an unknown school", '"st-joseph-st-bede"', '"st-elsewhere"', ["policy", "st-elsewhere"]),
    ("a pupil of a school that is none", 'group = "class 8"', 'group = "class 8"\nschool = "moon"', ["no school moon"]),
    (
        "another school without a policy of that name",
        "[[pupil]]",
        '[[school]]\nid = "west"\npolicy = "west-coventri"\n\n[[pupil]]',
        ["school 1", "west-coventri"],
    ),
    (
        "a form with a reason that is none",
        "register = {",
        (
            'form = { from = "bea", children = ["wilf"], first_day = 2026-11-30, last_day = 2026-11-30, '
            'reason = "fun", words = "x" }\n# register = {'
        ),
        ["event.1.form.reason", "family, religious"],
    ),
    (
        "a form for a child who is nobody",
        "register = {",
        (
            'form = { from = "bea", children = ["walt"], first_day = 2026-11-30, last_day = 2026-11-30, '
            'reason = "family", words = "x" }\n# register = {'
        ),
        ["event 1", "walt"],
    ),
    ("a contact who is nobody", 'contacts = ["bea"]', 'contacts = ["bia"]', ["pupil arlo", "bia"]),
    ("a pupil who is nobody", "wilf = ", "walt = ", ["event 1", "walt"]),
    ("a class that is none", 'group = "class 8", marks', 'group = "class 9", marks', ["event 1", "class 9"]),
    ("an event with nothing in it", "register = {", "# register = {", ["event.1", "exactly one of"]),
    ("an event after the end", "at = 08:58:00", "at = 18:58:00", ["event 1", "outside"]),
    ("an end before the start", "2026-11-19T09:20:00", "2026-11-19T08:20:00", ["end"]),
    ("a calendar that is not there", '"calendar.json"', '"moon.json"', ["calendar", "moon.json"]),
    ("a person used twice", 'id = "ros"', 'id = "bea"', ["contact", "bea", "twice"]),
    (
        "a tag that is none",
        'group = "class 8"',
        'group = "class 8"\ntags = ["walks_allone"]',
        ["walks_allone", "walks_alone"],
    ),
    ("a role that is none", 'roles = ["attendance_officer"', 'roles = ["atendance_officer"', ["did you mean"]),
    ("a named person who is nobody", 'group = "class 8"', 'group = "class 8"\nnamed_person = "nob"', ["pupil", "nob"]),
    ("a kind that no line has", 'kind = "sent"', 'kind = "send"', ["expect 1", "send", "`sent`"]),
    ("a key that no line has", 'kind = "sent"', 'kind = "sent"\nhair = "red"', ["expect 1", "hair"]),
    ("an unknown child of a pattern", 'kind = "sent"', 'kind = "sent"\npupils = ["wolf"]', ["expect 1", "wolf"]),
    ("nobody of a pattern", 'kind = "sent"', 'kind = "sent"\nsender = "bo"', ["expect 1", "bo"]),
    (
        "a reason that no alert has",
        "[[never]]",
        '[[never]]\nkind = "alert"\nreason = "lost"\n[[never]]',
        ["never 1", "lost"],
    ),
    (
        "an outcome that is none",
        "[[never]]",
        '[[never]]\nkind = "case"\noutcome = "ill"\n[[never]]',
        ["never 1", "ill"],
    ),
    (
        "a count of what must not be",
        "[[never]]",
        '[[never]]\nkind = "alert"\ntimes = 1\n[[never]]',
        ["never 1", "times"],
    ),
    ("an order that cannot be", 'kind = "sent"', 'kind = "sent"\nafter = 1', ["expect 1", "after"]),
    ("a time of a pattern after the end", NEVER, f"{NEVER}until = 19:00:00\n{NEVER}", ["never 1", "until = 19:00:00"]),
    ("no TOML at all", "title  =", "title", ["not TOML"]),
]


@pytest.mark.parametrize(("old", "new", "says"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_each_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, says: list[str]) -> None:
    text = SOUND.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "day.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "calendar.json").write_bytes(CALENDAR.read_bytes())
    out, err = io.StringIO(), io.StringIO()
    assert run_file(path, out, err) == 2
    assert out.getvalue() == ""
    assert all(word in err.getvalue() for word in says), err.getvalue()
    assert "Traceback" not in err.getvalue()


def test_several_faults_are_all_named_at_once(tmp_path: Path) -> None:
    text = (
        SOUND.read_text(encoding="utf-8")
        .replace("wilf = ", "walt = ")
        .replace('contacts = ["bea"]', 'contacts = ["bia"]')
    )
    path = tmp_path / "day.toml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "calendar.json").write_bytes(CALENDAR.read_bytes())
    err = io.StringIO()
    assert run_file(path, io.StringIO(), err) == 2
    lines = err.getvalue().splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("day.toml: ") for line in lines)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    err = io.StringIO()
    assert run_file(tmp_path / "none.toml", io.StringIO(), err) == 2
    assert "none.toml" in err.getvalue()


def test_a_day_that_goes_otherwise_exits_with_1(tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8").replace('to = "bea"', 'to = "don"', 1)
    path = tmp_path / "day.toml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "calendar.json").write_bytes(CALENDAR.read_bytes())
    out, err = io.StringIO(), io.StringIO()
    assert run_file(path, out, err) == 1
    assert "expect 1" in err.getvalue()
    assert out.getvalue()


EVERYTHING = """
title = "faults"
policy = "mary-basset"
start = 2026-11-11T08:00:00
end = 2026-11-11T07:00:00
colour = "red"
calendar = "none.json"
policy_override = { "brake.usal" = 3 }
expect = [ { kind = "sent", too = "reed" }, { kind = "task", what = "dance" } ]
pupil = [
  { id = "mo", given = "Mo", year = 4, group = "4K", contacts = ["nobody"] },
  { id = "mo", given = "Mo", family = "H", year = "four", group = "4K" },
]
event = [
  { at = 08:20:00, message = { from = "sanna", text = "hi" } },
  { at = 08:30:00, register = { session = "noon", marks = { mo = "N" } } },
  { at = 08:31:00, staff = { who = "reed", does = "dance" } },
  { at = 08:32:00 },
  { at = 08:33:00, register = { session = "am", marks = { zed = "N" } } },
]
"""


def test_one_run_names_every_kind_of_fault_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_text(EVERYTHING, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert run_file(path, out, err) == 2
    said = err.getvalue().splitlines()
    assert out.getvalue() == ""
    for words in (
        "pupil.1.family: is missing; add it",
        "pupil.2.year: must be a whole number",
        "colour: is no key",
        "event.2.register.session: `noon` is not possible; use 'am' or 'pm'",
        "event.3.staff.does: `dance` is not possible",
        "event.4: needs exactly one of",
        "pupil: the id mo is used twice",
        "pupil mo: there is no contact nobody",
        "event 1: there is no contact sanna",
        "brake.usal",
        "expect 1: `too` is not a key of a pattern; did you mean `to`?",
        "expect 2: `dance` is not a what of a line of kind task",
        "event 5: there is no pupil zed",
        "mary-basset",
        "calendar: none.json cannot be read",
        "end: it must be later than start",
    ):
        assert any(words in line for line in said), words
    assert not any("at least 1 item" in line for line in said), "what follows from another fault is none"


def test_times_that_cannot_be_read_keep_no_other_fault_back(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_text(EVERYTHING.replace("2026-11-11T08:00:00", '"early"'), encoding="utf-8")
    err = io.StringIO()
    assert run_file(path, io.StringIO(), err) == 2
    said = err.getvalue()
    assert "start: " in said
    assert "event 5: there is no pupil zed" in said
    assert "expect 2: `dance`" in said
    assert "outside start and end" not in said, "nothing can be measured by a time that nobody can read"


DAYS = SOUND.parent


@pytest.mark.parametrize("name", ["own-father-of-one.toml", "own-a-blank-is-an-n.toml"])
def test_every_line_has_only_keys_that_a_pattern_may_name(name: str) -> None:
    lines, _ = asyncio.run(rehearse(read_scenario(DAYS / name)))
    for line in lines:
        assert line.keys() - {"at", "kind"} <= KEYS[line["kind"]], line


def test_the_reasons_of_alerts_are_those_of_the_vocabulary() -> None:
    vocabulary = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    listed = vocabulary.split("## Alert reasons")[1].split("##")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == ALERT_REASONS


def test_the_same_file_gives_the_same_output_to_the_byte() -> None:
    """Also within one second, and whatever order sets and dictionaries of this process have."""
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "simulate",
        str(DAYS / "own-father-of-one.toml"),
    ]
    said = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert said[0]
    assert said[0] == said[1]
