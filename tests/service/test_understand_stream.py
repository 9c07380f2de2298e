"""`firstcall understand`: one answer a line, at once, whatever the lines hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from service.cli import app

CHILD = {"id": "mo", "given": "Mohammed", "family": "Hussain", "known_as": ["Mo"], "year": 4, "group": "4K"}


def message(name: str = "m1", text: str = "Mo is poorly today", **more: Any) -> dict[str, Any]:
    return {"id": name, "sent_at": "2026-11-16T08:20:00+00:00", "children": [CHILD], "text": text, **more}


def understand(*lines: str, options: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(app, ["understand", *options], input="\n".join(lines) + "\n")


def test_each_line_is_answered_under_its_id() -> None:
    labelled = {"id": "m2", "in": message("other"), "gold": {"intent": "leave"}}
    result = understand(json.dumps(message()), "", json.dumps(labelled))

    assert (result.exit_code, result.stderr) == (0, "")
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["intent"], first["reports"][0]["code"]) == ("m1", "absence", "I")
    assert second == {**first, "id": "m2"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is not JSON at column"),
        ("[]", "is not a JSON object; write {…}"),
        (json.dumps({"id": 1, "text": "x"}), "has no 'sent_at'"),
        (json.dumps(message(sent_at="yesterday")), "does not fit the contract"),
        (json.dumps(message(children="Mo")), "does not fit the contract"),
        (json.dumps(message(asked=[1])), "does not fit the contract"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_line_that_is_no_message_is_named_and_the_others_are_answered(line: str, said: str) -> None:
    result = understand(json.dumps(message("before")), line, json.dumps(message("after")))

    assert result.exit_code == 2
    assert result.stderr.startswith("line 2: ")
    assert said in result.stderr
    assert [json.loads(answer)["id"] for answer in result.stdout.splitlines()] == ["before", "after"]


@pytest.mark.parametrize("text", ["", "🤒" * 3000, "x" * 10_000, "\ud800", "\x00", "null"])
def test_odd_words_are_answered(text: str) -> None:
    result = understand(json.dumps(message(text=text)))

    assert result.exit_code == 0
    assert json.loads(result.stdout)["id"] == "m1"


def test_the_schools_own_calendar_counts(tmp_path: Path) -> None:
    closed = {"terms": [{"first_day": "2026-09-01", "last_day": "2026-12-18"}], "closed_days": ["2026-11-17"]}
    (tmp_path / "calendar.json").write_text(json.dumps(closed), "utf-8")
    line = json.dumps(message(text="Mo is poorly today, back tomorrow"))

    usual = json.loads(understand(line).stdout)
    ours = json.loads(understand(line, options=("--calendar", str(tmp_path / "calendar.json"))).stdout)
    assert (usual["reports"][0]["return_day"], ours["reports"][0]["return_day"]) == ("2026-11-17", "2026-11-18")


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), ("{}", "needs terms"), ("{", "not JSON")])
def test_a_calendar_that_cannot_be_used_is_one_line(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "calendar.json"
    if content is not None:
        path.write_text(content, "utf-8")
    result = understand(json.dumps(message()), options=("--calendar", str(path)))

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_explain_says_what_each_layer_saw_in_words_and_as_data() -> None:
    result = understand(json.dumps(message()), options=("--explain",))

    trace = json.loads(result.stdout)["trace"]
    assert {"who", "why"} <= {seen["layer"] for seen in trace}
    assert "“poorly”" in result.stderr
    assert result.stderr.startswith("m1: absence")


def test_an_answer_comes_before_the_next_line_is_written() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "service.cli", "understand"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("one", "two"):
            process.stdin.write(json.dumps(message(name)).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    lines = "\n".join(json.dumps(message(str(number))) for number in range(2000))
    command = f"'{sys.executable}' -m service.cli understand | head -1"
    run = subprocess.run(command, shell=True, input=lines, capture_output=True, text=True, timeout=60, check=False)

    assert json.loads(run.stdout)["id"] == "0"
    assert run.stderr == ""
