"""A greeting before it and thanks or a sorry behind it change nothing of where a child is."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

AT_ELEVEN = "2026-11-10T11:00"


@pytest.mark.parametrize("around", ["{}", "Hi {}", "Oh sorry {} sorry", "Hello, {} thanks", "Morning. {} x"])
@pytest.mark.parametrize(
    ("text", "asked", "kind"),
    [
        ("he's not here", "absence", "missing"),
        ("cant get through to him", "absence", "missing"),
        ("his phone's going to voicemail", "absence", "missing"),
        ("we're looking for him", "absence", "missing"),
        ("he's run off", "absence", "missing"),
        ("he got on the bus", "absence", "present"),
        ("he left ages ago", "absence", "present"),
        ("his nan took him this morning", "absence", "present"),
        ("is he not in school?", "absence", "present"),
        ("not my child", "absence", "wrong_number"),
        ("I don't know who Tom is", "absence", "wrong_number"),
        ("childminder has him", "absence", "other_parent"),
        ("I've just had a message that Tom isn't in but I dropped him off", None, "present"),
        ("app says Tom absent but he is in school", None, "present"),
        ("I can't get hold of Tom, did he get to school ok?", None, "missing"),
        ("can't find Tom anywhere", None, "missing"),
        ("Tom is at his dad's this week, ask him", None, "other_parent"),
        ("Tom's on his way", None, "late"),
    ],
)
def test_where_a_child_is(around: str, text: str, asked: str | None, kind: str) -> None:
    told = read(around.format(text), AT_ELEVEN, "Tom:8", asked)
    assert (told.intent, told.urgent) == (kind, kind in ("present", "missing"))


@pytest.mark.parametrize(
    ("text", "asked", "kind"),
    [
        ("sorry for not replying. hes at his nans", "absence", "other_parent"),
        ("Hi thanks x", "absence", "chat"),
        ("sorry", "absence", "chat"),
        ("Hi can you ring me please thanks", None, "question"),
        ("can't find Toms blazer anywhere", None, "question"),
        ("Sorry Tom is on the bus, it's running late", "absence", "late"),
    ],
)
def test_what_stays_as_it_is(text: str, asked: str | None, kind: str) -> None:
    told = read(text, AT_ELEVEN, "Tom:8", asked)
    assert (told.intent, told.urgent) == (kind, False)
