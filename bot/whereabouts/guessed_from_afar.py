"""What is guessed of a child by somebody who has not got it: "think she's poorly, she was at her dad's, so not 100%".

Whoever may have the child is asked. "I think he has a bug" is a report of somebody who has it.
"""

from __future__ import annotations

import re

_STATE = r"(?! (?:a|an|the|it|its|just|only|from|because|due)\b)"
_IN_DOUBT = re.compile(
    r"\b(?:(?:i|we) )?(?:think|thought|guess\w*|believe|presum\w*|assum\w*|imagine)(?: that)?"
    r" (?:he|she|they|(?!it\b|that\b|this\b)\w+ (?:is|has))\b"
    r"|\b(?:(?:he|she|they) (?:is|has|are|was)|poorly|ill|sick|unwell)(?: [\w']+){0,3}"
    rf" (?:i|we) (?:think|guess|assume)\b{_STATE}"
    rf"|\b(?:probably|prob|maybe|perhaps|might be|may be|could be|must be|must have)\b{_STATE}"
    r"|\bnot (?:really )?(?:sure|certain|positive)\b|\b(?:so|but|am|though) not 100\b|\bnot 100 ?%? (?:sure|certain)"
    r"|\b(?:not|cannot) (?:really )?(?:tell|say|know|swear)\b(?: \w+){0,3} for (?:sure|certain|definite)\b"
    r"|\bas far as i know\b|\bafaik\b"
)
_NOT_MINE = (
    r"(?:dad|daddy|da|mum|mummy|mam|mom|father|mother|nan|nana|gran|granny|grandma|grandad|auntie?|uncle)s?(?: 's)?"
)
_ELSEWHERE = re.compile(
    rf"\b(?:is|was|were|are|been|stay\w*|stopp\w*|slept|went|gone)(?: \w+){{0,3}}?"
    rf" (?:at|with|to|round|over)(?: at)? (?:his|her|their|the) {_NOT_MINE}\b"
    rf"|\b(?:his|her|their) {_NOT_MINE} (?:has|have|had|has got|s got) (?:him|her|them)\b"
    rf"|\b(?:his|her|their) {_NOT_MINE} (?:week|weekend|day|days|turn)\b"
    r"|\bnot (?:with me|seen (?:him|her|them)|been home|at mine|here)\b"
)
"""It was, or is, with somebody else than the writer."""
_HAS_IT_NOW = re.compile(
    r"\b(?:with (?:me|us)|here with|i (?:have|got|collected|picked)|i am with|kept|keeping|back (?:home|here|with)"
    r"|(?:home|here) now|in bed|brought (?:him|her|them) (?:home|back))\b"
)
_SPOKE = re.compile(r"\b(?:says?|said|spoke\w*|spoken|told|texted|rang|rung|messaged|confirmed|just heard)\b")
"""Whoever has the child told the writer so: no guess any more."""


def is_guessed_from_afar(line: str) -> bool:
    """True when the words guess at what ails a child that is, or was last, with somebody else than the writer."""
    guessed = _IN_DOUBT.search(line) is not None and _ELSEWHERE.search(line) is not None
    return guessed and _HAS_IT_NOW.search(line) is None and _SPOKE.search(line) is None
