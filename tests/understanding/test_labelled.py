"""Labelled messages of `training/messages`: how the format is read, what a fault says, and what must not be learned."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attendance.calendar import LONDON
from tests.understanding.reading import CALENDAR, DATA, lines, rows
from training.label import LabelFault, options
from training.labelled import LABELLED, MESSAGES, faults, main, parse, read_file

FILES = sorted(MESSAGES.glob("*.txt"))
learned_from = cache(read_file)
TUESDAY = "# 2026-11-10 08:00 | Tom Smith 3B, Ella Smith 6C"


def labelled(label: str, head: str = TUESDAY) -> dict[str, Any]:
    return parse((head, "Tom ill", label), "x-0001", CALENDAR)


def reports(label: str, head: str = TUESDAY) -> Any:
    return labelled(label, head)["gold"]["reports"]


def test_a_message_of_three_lines_has_the_contracts_shape() -> None:
    head = '# 2027-01-28 09:40 | Ruby "Roo" Sinclair 8A, Tom Sinclair RA | asked absence Ruby'
    line = parse(
        (head, "Ruby ill.", "Tomorrow\\nmaybe", "= absence S U? D : Roo I/M today > tom/null"), "x-0007", CALENDAR
    )
    assert line == {
        "id": "x-0007",
        "in": {
            "sent_at": "2027-01-28T09:40:00+00:00",
            "children": [
                {"id": "c1", "given": "Ruby", "family": "Sinclair", "known_as": ["Roo"], "year": 8, "group": "8A"},
                {"id": "c2", "given": "Tom", "family": "Sinclair", "known_as": [], "year": 0, "group": "RA"},
            ],
            "asked": {"kind": "absence", "child": "c1", "day": "2027-01-28", "draft": None},
            "text": "Ruby ill.\nTomorrow\nmaybe",
        },
        "gold": {
            "intent": "absence",
            "reports": [
                {
                    "children": ["c1"],
                    "code": {"any_of": ["I", "M"]},
                    "first_day": "2027-01-28",
                    "return_day": {"any_of": ["2027-01-29", None]},
                    "session": "day",
                    "arrives": None,
                    "leaves": None,
                }
            ],
            "safeguarding": True,
            "sender_doubt": True,
        },
        "tags": [],
    }


@pytest.mark.parametrize(
    ("words", "first", "back"),
    [
        ("", "2026-11-10", None),
        ("today > +1", "2026-11-10", "2026-11-11"),
        ("tom > +3", "2026-11-11", "2026-11-16"),
        ("yest > fri", "2026-11-09", "2026-11-13"),
        ("tue > wed+1", "2026-11-17", "2026-11-18"),
        ("mon+1 > mon+2", "2026-11-23", "2026-11-30"),
        ("2026-11-27 > 2026-12-19", "2026-11-30", "2027-01-05"),
        ("sun > null", "2026-11-16", None),
        ("2029-11-27", None, None),
    ],
)
def test_days_are_school_days(words: str, first: str | None, back: str | None) -> None:
    (report,) = reports(f"= absence : Tom I {words}")
    assert (report["first_day"], report["return_day"]) == (first, back)


@pytest.mark.parametrize(
    ("sent", "first"),
    [("2026-11-10 15:29", "2026-11-10"), ("2026-11-10 15:30", "2026-11-11"), ("2026-11-14 16:00", "2026-11-16")],
    ids=["in school", "after school", "a Saturday"],
)
def test_an_absence_without_a_day_begins_at_the_next_register(sent: str, first: str) -> None:
    (report,) = reports("= absence : Tom I", f"# {sent} | Tom Smith 3B")
    assert report["first_day"] == first


def test_an_absence_has_all_fields_and_other_kinds_what_was_said() -> None:
    tom, ella = reports("= absence : Tom M today > today am out 09:40 in 11:30/null ; Ella - today in 09:40")
    assert (tom["session"], tom["leaves"], tom["arrives"]) == ("am", "09:40", {"any_of": ["11:30", None]})
    assert (ella["code"], ella["arrives"], ella["session"]) == (None, "09:40", "day")
    assert reports("= late : Tom in 09:25") == [{"children": ["c1"], "arrives": "09:25"}]
    assert reports("= return : Tom > tom") == [{"children": ["c1"], "return_day": "2026-11-11"}]
    assert reports("= present U : Tom ; Ella N") == [
        {"children": ["c1"]},
        {"children": ["c2"], "first_day": "2026-11-10", "return_day": None, "code": "N"},
    ]
    assert reports("= chat") == []


def test_whole_alternatives_belong_to_their_intents() -> None:
    gold = labelled("= late/absence : Tom in 10:30 || Tom I today > today am in 10:30")["gold"]
    assert gold["intent"] == {"any_of": ["late", "absence"]}
    late, ill = gold["reports"]["any_of"]
    assert late == [{"children": ["c1"], "arrives": "10:30"}]
    assert (ill[0]["code"], ill[0]["session"], ill[0]["arrives"]) == ("I", "am", "10:30")


def test_the_context_holds_the_question_its_draft_and_what_is_known() -> None:
    said = labelled(
        "= confirm", f"{TUESDAY} | asked confirm Tom+Ella I 2026-11-09 > tom am | known Tom I yest ; Ella M fri"
    )["in"]
    assert (said["asked"]["kind"], said["asked"]["child"], said["asked"]["children"]) == ("confirm", "c1", ["c1", "c2"])
    assert said["asked"]["day"] == said["asked"]["draft"]["first_day"] == "2026-11-09"
    assert (said["asked"]["draft"]["return_day"], said["asked"]["draft"]["session"]) == ("2026-11-11", "am")
    assert [(known["code"], known["first_day"]) for known in said["known"]] == [
        ("I", "2026-11-09"),
        ("M", "2026-11-13"),
    ]
    unnamed = labelled("= chat", f"{TUESDAY} | asked child - I today")["in"]["asked"]
    assert (unnamed["child"], unnamed["draft"]["children"], unnamed["draft"]["code"]) == (None, [], "I")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("# 2026-11-10 08:00 | Tom Smith 3B", "hello"), "no line that begins with `= `"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "= chat"), "a head, a text and a label"),
        (("# 2026-11-10 8am | Tom Smith 3B", "x", "= chat"), "sent '2026-11-10 8am'"),
        (("# 2026-11-10 08:00 | Tom Smith", "x", "= chat"), "child 'Tom Smith': write Given"),
        (("# 2026-11-10 08:00 | Tom Smith 3B | said", "x", "= chat"), "context 'said'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B | asked why Tom", "x", "= chat"), "asked 'why'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B | asked confirm Tom I today > tom/fri", "x", "= confirm"), "one value"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= ill : Tom I"), "intent 'ill'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence X : Tom I"), "marks ['X']"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tim I"), "child 'Tim': the head has Tom"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tom today"), "an absence needs a code"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tom I someday"), "day 'someday'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tom I today in 9"), "time '9': write HH:MM"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tom I today >"), "nothing behind '>'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= absence : Tom I today thurs"), "cannot read 'thurs'"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= leave : Tom C 2026-11-19 > mon"), "before the first day"),
        (("# 2026-11-10 08:00 | Tom Smith 3B", "x", "= return : Tom > +2"), "+2 counts from a first day"),
        (("# 2027-10-20 08:00 | Tom Smith 3B", "x", "= absence : Tom I today > +9"), "9 school days"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_what_to_mend(tmp_path: Path, lines: tuple[str, ...], says: str) -> None:
    path = tmp_path / "odd-01.txt"
    path.write_text("\n".join(["a remark", "", *lines, "", *(TUESDAY, "Tom ill", "= absence : Tom I"), ""]))
    (fault,) = faults(path)
    assert str(fault).startswith("odd-01.txt:3: ")
    assert says in str(fault)
    with pytest.raises(LabelFault):
        read_file(path)
    assert main([str(path)]) == 1


def test_a_message_is_named_by_its_file_and_place(tmp_path: Path) -> None:
    path = tmp_path / "odd-02.txt"
    path.write_text(f"{TUESDAY}\none\n= chat\n{TUESDAY}\ntwo\n= chat\n")
    assert [line["id"] for line in read_file(path)] == ["odd-02-0001", "odd-02-0002"]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_labels_of_a_file_keep_to_the_contract(path: Path) -> None:
    for line in learned_from(path):
        said, gold = line["in"], line["gold"]
        assert datetime.fromisoformat(said["sent_at"]).astimezone(LONDON).isoformat() == said["sent_at"], line["id"]
        assert len({child["given"] for child in said["children"]}) == len(said["children"]), line["id"]
        for report in [*(one for way in options_of(gold["reports"]) for one in way), *said.get("known", [])]:
            firsts, backs = days(report, "first_day"), days(report, "return_day")
            assert all(CALENDAR.is_school_day(day) for day in firsts + backs), line["id"]
            assert not firsts or all(back >= min(firsts) for back in backs), (line["id"], report)


def options_of(value: Any) -> list[list[dict[str, Any]]]:
    return options(value)


def days(report: dict[str, Any], name: str) -> list[date]:
    return [date.fromisoformat(day) for day in options(report.get(name)) if day]


def bare(text: str) -> str:
    return " ".join(text.lower().split())


def test_no_text_is_learned_twice_or_stands_in_a_table_that_measures() -> None:
    """Answers of four words and less are everybody's; a longer text is learned from once and measured nowhere."""
    texts = Counter(bare(line["in"]["text"]) for path in FILES for line in learned_from(path))
    texts.update(bare(line["in"]["text"]) for name in (*LABELLED, "exam") for line in lines(f"{name}.jsonl"))
    assert not [text for text, count in texts.items() if count > 1 and len(text.split()) > 4]
    for path in sorted(DATA.glob("*.csv")):
        both = [row["text"] for row in rows(path.name) if bare(row["text"]) in texts and len(row["text"].split()) > 4]
        assert not both, f"{path.name}: take these out of the table, or out of training/messages"
