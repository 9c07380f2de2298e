"""A whole morning with every line of the log looked at: names, numbers and words are in none of them."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.demo.showing import monday
from service.incoming.answering import Answering
from service.logging import set_up
from service.rehearsal.scenario import Scenario
from service.rehearsal.simulation import rehearse
from tests.support.logs import log_plainly


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up(stream, logging.DEBUG)
    root.setLevel(logging.INFO)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()
    log_plainly()


def private(scenario: Scenario) -> set[str]:
    """Every name, number, address and message of the scenario."""
    file = scenario.file
    names = {word for pupil in file.pupil for word in (pupil.given, pupil.family)}
    names |= {word for contact in file.contact for word in contact.name.split()}
    names |= {member.name.split()[-1] for member in file.staff}
    numbers = {contact.phone for contact in file.contact if contact.phone}
    words = {event.message.text for event in file.event if event.message is not None}
    return {word for word in names | numbers | words if len(word) > 3}


def test_nothing_private_is_in_the_log_of_a_whole_morning(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst case too: each message's handling is logged with all that it holds, and as an error."""
    scenario = monday()
    handle = Answering._handle

    async def talkative(self: Answering, row: object) -> int:
        logger = structlog.get_logger("firstcall.test")
        logger.info("handling", row=row, text=getattr(row, "text", ""), their_address=getattr(row, "their_address", ""))
        try:
            raise ValueError(f"cannot read {row}")
        except ValueError:
            logger.exception("handling_failed", message=getattr(row, "inbox_id", ""))
        return await handle(self, row)  # type: ignore[arg-type]  # it is the row that it was given

    monkeypatch.setattr(Answering, "_handle", talkative)
    asyncio.run(rehearse(scenario))

    text = log.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert sum(line["event"] == "handling" for line in lines) > 5
    assert len(private(scenario)) > 50
    assert not [word for word in private(scenario) if word in text]
