"""Marks that cannot be taken, by every way in: the file, the rehearsal, the register page. Nothing else is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.rehearsal.simulation import run_file

DAY = """
title = "a register with a wrong code, and one on a Saturday"
policy = "west-coventry"
start = 2026-11-13T08:00:00
end = 2026-11-14T12:00:00
pupil = [
  { id = "ada", given = "Ada", family = "Moss", year = 7, group = "7A", contacts = ["mum"] },
  { id = "bo", given = "Bo", family = "Nunn", year = 7, group = "7A", contacts = ["dad"] },
]
contact = [
  { id = "mum", name = "May Moss", phone = "+447700900101" },
  { id = "dad", name = "Des Nunn", phone = "+447700900102" },
]
staff = [
  { id = "lee", name = "Ms Lee", position = "Officer", roles = ["attendance_officer"], email = "l@school.example" },
]
event = [
  { at = 2026-11-13T08:50:00, register = { session = "am", group = "7A", marks = { ada = "H", bo = "/" } } },
  { at = 2026-11-14T08:50:00, register = { session = "am", group = "7A", marks = { bo = "N" } } },
]
"""


PEOPLE = """\
pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile
p1,Ada,Moss,7,7A,c1,May Moss,mother,1,07700 900101
p2,Bo,Nunn,7,7A,c2,Des Nunn,father,1,07700 900102
"""


def test_a_rehearsal_says_each_refused_mark_and_chases_the_child(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    file.write_text(DAY, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert run_file(file, out, err) == 0
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    told = err.getvalue().splitlines()
    assert [line.split(":")[0] for line in told] == ["refused", "refused"]
    assert "mark of ada, 13/11/2026 AM, `H`" in told[0]
    assert "is a code of england-2006" in told[0]
    assert "Saturday 14 November 2026 is no school day" in told[1]
    held = [line for line in lines if line["kind"] == "held"]
    assert [(one["what"], one["pupils"]) for one in held] == [("mark", ["ada"]), ("mark", ["bo"])]
    assert [line["to"] for line in lines if line["kind"] == "sent"] == ["mum"]
    alerts = [line for line in lines if line["kind"] == "alert" and "refused" in (line["because"] or "")]
    assert [(one["to"], one["pupils"]) for one in alerts] == [("lee", ["ada"]), ("lee", ["bo"])]


def test_the_command_takes_what_it_can_and_says_so_with_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTCALL_DATABASE_URL", f"sqlite:///{tmp_path / 'school.db'}")
    runner = CliRunner()
    made = runner.invoke(app, ["init", "--yes", "--policy", "west-coventry", "--password-stdin"], "a long password 1\n")
    assert made.exit_code == 0, made.output
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    assert runner.invoke(app, ["import", "people", str(people)]).exit_code == 0

    def took(*rows: str) -> tuple[int, list[str]]:
        file = tmp_path / "marks.csv"
        file.write_text("\n".join(["pupil_id,date,session,mark", *rows]), encoding="utf-8")
        result = runner.invoke(app, ["import", "marks", str(file)])
        return result.exit_code, result.stderr.splitlines()

    assert took("p1,12/11/2026,AM,/", "p2,12/11/2026,AM,/")[0] == 0
    status, said = took("p1,11/11/2026,AM,/", "p9,11/11/2026,AM,/", "p2,11/11/2026,AM,H")
    assert status == 1
    assert [line for line in said if line.startswith("refused: ")] == said
    assert [line.split(",")[0] for line in said] == ["refused: line 3", "refused: line 4"]
    assert took("p9,11/11/2026,AM,/")[0] == 2
