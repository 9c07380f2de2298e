"""The parts of a service: one process answers over HTTP, one acts; or one is the whole service, as in tests."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from storage.engine import Inline

ANSWERS, ACTS = "answers", "acts"
"""The parts of a service, as its log calls them."""


@dataclass(frozen=True, slots=True)
class AnsweringPart:
    """The part of a service that answers over HTTP; its loops run in another process, at the other end of `wire`."""

    wire: socket.socket


@dataclass(frozen=True, slots=True)
class ActingPart:
    """The part that does everything by itself. Nobody waits for it over HTTP, so it uses SQLite in its own thread."""

    wire: socket.socket


Part = AnsweringPart | ActingPart | None
"""None: one process is the whole service, as in tests."""
INLINE: Mapping[type, Inline] = {AnsweringPart: "writes", ActingPart: "all", type(None): ""}
"""What each does with SQLite in its own thread. A page may take long to read; a message is written fast."""


def name_of(part: Part) -> str:
    """What its log calls it."""
    match part:
        case AnsweringPart():
            return ANSWERS
        case ActingPart():
            return ACTS
        case None:
            return "service"
