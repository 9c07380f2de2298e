"""The log may be kept and shown: what is private never gets into it, by whatever way it comes."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from service.logging import HIDDEN, scrub, set_up
from tests.support.logs import log_plainly


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()
    log_plainly()


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_only_fields_on_the_list_show_their_words(out: io.StringIO) -> None:
    structlog.get_logger("firstcall.test").info("stored", school="blue", text="Mo is ill", name="Mo", count=3)

    (line,) = lines(out)
    assert (line["event"], line["school"], line["count"], line["level"]) == ("stored", "blue", 3, "info")
    assert (line["text"], line["name"]) == (HIDDEN, HIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        "to +447700900123 now",
        "to 07700 900123 now",
        "to (07700) 900-123 now".replace("(", "").replace(")", ""),
        "to sana@home.example now",
        "<sana.hussain@home.example>",
        "smtp://absence:hunter2@mail.example:587",
    ],
)
def test_numbers_addresses_and_passwords_are_taken_out_of_any_text(text: str) -> None:
    assert not [private for private in ("900", "sana", "hunter2") if private in scrub(text)]


@pytest.mark.parametrize("text", ["2026-11-24T09:15:00Z", "runner.py:120 turn", "127.0.0.1:8000", "SM00447700900123ab"])
def test_times_places_and_ids_stay(text: str) -> None:
    assert scrub(text) == text


def test_a_number_in_a_number_field_is_hidden(out: io.StringIO) -> None:
    structlog.get_logger("firstcall.test").info("stored", wait=447700900123)

    assert lines(out)[0]["wait"] == HIDDEN


def test_an_exception_keeps_its_kind_and_place_and_loses_its_message(out: io.StringIO) -> None:
    try:
        try:
            raise KeyError("Amina Hussain")
        except KeyError as error:
            raise ValueError("row: ('Amina', '+447700900123')") from error
    except ValueError:
        structlog.get_logger("firstcall.test").exception("step_failed", loop="inbox")

    (line,) = lines(out)
    assert line["error"] == "ValueError from KeyError"
    assert line["where"][0].startswith("test_log_is_private.py:")
    assert "Amina" not in out.getvalue()
    assert "900123" not in out.getvalue()


def test_a_library_keeps_its_template_and_loses_what_was_filled_in(out: io.StringIO) -> None:
    logger = logging.getLogger("some.library")
    logger.warning("cannot send to %s", "Amina")
    logger.warning(f"cannot send to {'Amina'}")  # noqa: G004  as libraries do
    try:
        int("Amina")
    except ValueError:
        logger.exception("failed")
    with warnings.catch_warnings(action="always"):
        warnings.warn("Amina is deprecated", DeprecationWarning, stacklevel=1)

    assert "Amina" not in out.getvalue()
    assert lines(out)[0]["event"] == "cannot send to %s"
    assert all(line["where"] for line in lines(out))
    assert lines(out)[2]["error"] == "ValueError"
    assert lines(out)[3]["kind"] == "DeprecationWarning"


def test_the_server_says_where_it_listens(out: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s://%s:%d", "http", "127.0.0.1", 8000)

    assert lines(out)[0]["event"] == "Uvicorn running on http://127.0.0.1:8000"
