"""Whether the writer has the child: "he's with me in Leeds", "poorly in bed here", "at mine this week"."""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.events import OnTheWay, ReasonGiven, SafeWithoutReason
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome

_IS = (
    r"(?:(?:he|she|they) (?:is|are)(?: \w+){0,4}|is|are|am|still|stay\w*|stopp\w*|keep\w*|kept|asleep|poorly|ill|sick"
    r"|home|off|bed|sofa|bug|temperature|cold)"
)
_AT_MINE = r"at (?:mine|ours|my (?:house|place|flat|home))"
_HERE = re.compile(
    rf"(?<!\bif )\b{_IS} (?:here(?! (?:in|at) school)|with (?:me|us)|{_AT_MINE})\b"
    r"|^(?:\w+ ){0,2}(?:with (?:me|us)|at mine|at ours)\b"
    r"|\bi (?:have|am) (?:got |keeping |having )(?:him|her|them)\b(?! (?:ready|up|down|dressed|to|in|on|an|a)\b)"
)
_NOT_NOW = re.compile(
    r"\?|\b(?:not|was|were|no longer|until|till|when|if|usually|normally|should|supposed|thought)(?: \w+){0,3}"
    r" (?:here|with (?:me|us)|at (?:mine|ours))\b"
)


_SETS_OUT = (
    r"(?:(?:just )?(?:leaving|setting (?:off|out)|heading (?:in|out|over|off)|walking (?:in|over|down|up))"
    r"|on (?:our|the) way|in the car|nearly there|en route)"
)
_BRINGS = re.compile(
    rf"\bwe (?:are|will be|are all) (?:\w+ )?{_SETS_OUT}\b|\bon our way\b"
    rf"|(?<!\bthey )(?<!\byou )\bwere (?:just |all )?{_SETS_OUT} now\b"  # "we're", written without its sign
    r"|\b(?:bring|driv|walk|tak)ing (?:him|her|them|\w+) (?:in|over|down|up|to school)(?: \w+)? ?(?:now|$|[.,!])"
    r"|\b(?:he|she|they) (?:is|are) (?:here )?in the car(?: with (?:me|us))?\b"
)


def brings_the_child(line: str) -> bool:
    """ "We're just leaving now", "bringing her in now": whoever writes so has it; `line` as `Heard.line` has it."""
    return _BRINGS.search(line) is not None and not {"?", "not", "if", "tomorrow", "yesterday"} & set(line.split())


def has_the_child(line: str) -> bool:
    """Plainly, and now; `line` as `Heard.line` has it."""
    return _HERE.search(line) is not None and _NOT_NOW.search(line) is None


def with_whom_it_is(heard: Heard, outcome: Outcome) -> Outcome:
    """The same; where the writer has the child, the case that hears why it is away, or that it comes, hears that as
    well.
    """
    if brings_the_child(heard.line):
        return replace(outcome, effects=tuple(_brought(effect) for effect in outcome.effects))
    if not has_the_child(heard.line):
        return outcome
    return replace(outcome, effects=tuple(_with_the_writer(effect) for effect in outcome.effects))


def _with_the_writer(effect: BotEffect) -> BotEffect:
    if isinstance(effect, CaseEvent) and isinstance(effect.event, ReasonGiven | SafeWithoutReason):
        return replace(effect, event=replace(effect.event, is_with_them=True))
    return effect


def _brought(effect: BotEffect) -> BotEffect:
    if isinstance(effect, CaseEvent) and isinstance(effect.event, OnTheWay):
        return replace(effect, event=replace(effect.event, is_with_them=True))
    return effect
