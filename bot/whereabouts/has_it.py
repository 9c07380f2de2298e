"""Whether the writer brings the child now: "we're just leaving", "in the car", "walking him in now"."""

from __future__ import annotations

import re

_SETS_OUT = (
    r"(?:(?:just )?(?:leaving|setting (?:off|out)|heading (?:in|out|over|off)|walking (?:in|over|down|up))"
    r"|on (?:our|the) way|in the car|nearly there|en route)"
)
_BRINGS = re.compile(
    rf"\bwe (?:are|will be|are all) (?:\w+ )?{_SETS_OUT}\b|\bon our way\b"
    rf"|(?<!\bthey )(?<!\byou )\bwere (?:just |all )?{_SETS_OUT} now\b"  # "we're", written without its sign
    r"|\b(?:bring|driv|walk|tak)ing (?:him|her|them|\w+) (?:in|over|down|up|to school)(?: \w+)? ?(?:now|$|[.,!])"
    r"|\b(?:he|she|they) (?:is|are) (?:here )?in the car(?: with (?:me|us))?\b|\bin (?:the|my|our) car with (?:me|us)\b"
)


def brings_the_child(line: str) -> bool:
    """ "We're just leaving now", "bringing her in now": whoever writes so has it; `line` as `Heard.line` has it."""
    return _BRINGS.search(line) is not None and not {"?", "not", "if", "tomorrow", "yesterday"} & set(line.split())
