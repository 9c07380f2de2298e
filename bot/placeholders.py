"""What stands in a message for what is no text: a recording, a picture, as the channel or a phone names it."""

from __future__ import annotations

import re

_THING = r"(?:voice|audio|video|photo|image|picture|pic|document|attachment|file)"
_KIND = r"(?:[ -](?:message|note|memo|clip|recording|attachment|file))?"
_BEFORE = r"(?:(?:sent|you|a|an|new|whatsapp|received) ){0,3}"
_STANDS = re.compile(rf"\W*{_BEFORE}{_THING}{_KIND}\b[\d\s:.,()s-]*(?:at )?[\d\s:.,()s-]*\W*", re.IGNORECASE)


def stands_for_a_file(text: str) -> bool:
    """ "[Voice message, 0:14]", and nothing else: only a person can hear what was said."""
    return _STANDS.fullmatch(text) is not None
