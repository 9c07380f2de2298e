"""What part a length of time plays that a message says: how long the child is away, or something else ("for 2 days now")."""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re

from bot.understanding.dates import Mention

#: "A 5 day course", "two weeks of tablets": how long a medicine is taken.
_COURSE = re.compile(r"^ ?(?:course|antibiotic|of (?:antibiotic|medicine|tablets))")
#: "3 days ago", "10 years old", "a week's notice": no length of an absence.
_OTHERWISE = re.compile(
    r"^ ?(?:ago|old|late|early|notice|time|before|running|in a row|on the trot|straight|worth|apart|each|every|a week|per week|course|antibiotic|of (?:antibiotic|medicine|tablets|school|holiday|work|leave))"
)
#: "Been off for two days", "has had it nearly a week": so long already.
_SO_FAR = re.compile(
    r"\b(?:been|had|has had|last|past|over|nearly|almost|after|every|within|aged|eaten at school in|than|took|takes|lasted|once|twice|times|waited|waiting|in|least once|months?|known)(?: (?:off|ill|sick|poorly|unwell|like this|bad|off school|it|this|him|her))*(?: for)?(?: about)? ?$"
)
#: "4 weeks before he can come back": so long the child is away. "2 weeks before he came back" tells of another time.
BEFORE_THE_RETURN = re.compile(
    r"^ ?(?:before|until|till) (?:returning|(?:his|her|their) return|(?:(?!(?:i|we|you|it|the|my|our)\b)\w+ )?"
    r"(?:being|going|coming|can|will|may|might|is|are|gets?|comes?|goes|returns?)\b(?: \w+){0,4}? (?:back|return\w*|school|lessons|in))\b"
)
_SHORT_HOURS = (1, 2, 3)


def length_role(mention: Mention, prefix: str, suffix: str, sentence: str) -> str:
    """The role of a length between the words before it and those behind: length, halfday, past, course or other."""
    if _OTHERWISE.match(suffix) and not BEFORE_THE_RETURN.match(suffix):
        return "course" if _COURSE.match(suffix) else "other"
    if _SO_FAR.search(prefix) and "another" not in sentence:
        return "past"
    if mention.unit == "hour":
        return "length" if mention.days in _SHORT_HOURS else "other"
    if mention.unit == "night":
        return "other"
    return "halfday" if mention.form == "halfday" else "length"
