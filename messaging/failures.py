"""Failures by what they mean for whoever must act: one word each, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from messaging.channel import RefusalKind

Failure = Literal[
    "bad_number",  # the office must correct the number, address or link
    "opted_out",  # the person stopped this channel
    "blocked",  # their phone, network or mail server did not take it
    "ours",  # our account, settings or wording
    "retry",  # the provider is slow or down: it is tried again by itself
    "unknown",  # nobody can say whether it was taken
]

OF_REFUSAL: Final[Mapping[RefusalKind, Failure]] = MappingProxyType(
    {
        "bad_number": "bad_number",
        "not_a_mobile": "bad_number",
        "not_linked": "bad_number",
        "opted_out": "opted_out",
        "blocked": "blocked",
        "ours_to_fix": "ours",
        "content": "ours",
        "too_many": "retry",
        "down": "retry",
    }
)
FAILURES: Final[tuple[Failure, ...]] = get_args(Failure)

assert set(OF_REFUSAL) == set(get_args(RefusalKind))
