"""Of several who are away only one stays at home: "Tegan is up and dressed and wants to come, so just Jago off".

Which one stays stands last, behind "just", or has words of its own ("Jago is still in bed"); of the others the same
words say that they come. Read as one day for one child, they brought in the one that is ill, and its sister's empty
chair stayed explained (promise 1).
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from bot.known import is_away_on
from bot.naming import any_name, is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_BEHIND = (
    r"(?:\W+(?:off|ill|poorly|unwell|sick|away|home|at home|staying|today|then|now|please|thanks|thank you|sorry|x+))*"
    r"\W*$"
)
_COME = re.compile(
    r"\b(?:coming|going|go|come|be) (?:back )?in\b|\b(?:send|sending|bring|bringing|drop|dropping) \w+\b"
    r"|\b(?:going|gone|went|off) to school\b"
    r"|\bwants? to (?:come|go)\b|\bup and (?:dressed|about|ready)\b|\bon (?:his|her|their|the) way\b|\bafter all\b"
    r"|\b(?:is|are|feels?|feeling|seems?) (?:now |much |a lot |all )?(?:fine|ok|okay|better|alright|right)\b"
    r"|\b(?:well|fit|good|strong) enough\b"
    r"|\b(?:gone|went|goes|sent \w+|let \w+ go|setting|set) (?:back )?(?:in|off)\b|\blet (?:him|her|them) go\b"
)
_STAYS = (
    r"(?: 's| is| has been)?(?: (?:very|really|so|just|definitely))*"
    r" (?:still (?:(?:very|really|so) )?(?:ill|poorly|unwell|sick|bad|rough|the same|off|away|home|at home|in bed"
    r"|asleep|being sick|coughing|not|(?:has|have|got|running) (?:a |the |his |her )?\w+)"
    r"|no better|not (?:any )?(?:better|well|right|good|great)|worse"
    r"|(?:stay|stays|staying|stopping|remains|is off) (?:at )?(?:home|off|here|in bed)"
    r"|(?:off|ill|poorly|in bed|asleep)\b)"
)
"""Behind a name: that this child is as ill as it was, or does not leave the house."""
_OTHERWISE = re.compile(
    r"\?|\d|\b(?:not|might|may|maybe|if|later|lunch|afternoon|tomorrow|half|quarter|noon|late"
    r"|monday|tuesday|wednesday|thursday|friday)\b"
)


def only_one_stays(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same words as the return of the others; unchanged where they do not say so of every child that is held."""
    held = {one.pupil: one.code for one in situation.own_reports}
    held = {pupil: code for pupil, code in held.items() if _is_away_today(pupil, heard, situation)}
    named = {child for child in situation.sender.may_report if is_named(heard.text, child, situation)}
    line = heard.line
    stays = _behind_just(heard, named, situation)
    if not stays and understood.intent != "present":  # of who went in the register tells
        stays, line = _still_away(line, named, situation)
    comes = named - stays
    if understood.safeguarding or not stays or not comes or named != set(held):
        return understood
    if not _COME.search(line) or _OTHERWISE.search(line) or any(_says_more(one, held) for one in understood.reports):
        return understood
    order = situation.sender.may_report
    back = Report(tuple(child for child in order if child in comes), return_day=heard.day)
    still = Report(tuple(child for child in order if child in stays))
    return replace(understood, intent="return", reports=(back, still), ask=("return",), urgent=False)


def _is_away_today(pupil: str, heard: Heard, situation: Situation) -> bool:
    mine = (one for one in situation.known if one.live and one.pupil == pupil)
    return any(is_away_on(one, heard.day) and not is_unexplained(one.code) for one in mine)


def _behind_just(heard: Heard, named: set[str], situation: Situation) -> set[str]:
    """Who stands behind the last "just" or "only", with nothing else behind it."""
    if len(named) < 2:
        return set()
    one = rf"(?:{any_name(named, situation)})"
    found = re.search(rf"\b(?:just|only)((?:\W+(?:for |and )?{one})+){_BEHIND}", heard.text, re.IGNORECASE)
    return {child for child in named if is_named(found[1], child, situation)} if found else set()


def _still_away(line: str, named: set[str], situation: Situation) -> tuple[set[str], str]:
    """Who is said to be as ill as before, and the line without that."""
    stays: set[str] = set()
    rest = line
    alone = re.search(rf"\b(?:just|only) (?:{any_name(named, situation)})\b", line, re.IGNORECASE) if named else None
    for child in named if len(named) > 1 and not alone else ():
        rest, found = re.subn(rf"\b(?:{any_name({child}, situation)}){_STAYS}\b", "", rest, flags=re.IGNORECASE)
        stays |= {child} if found else set()
    return stays, rest


def _says_more(report: Report, held: dict[str, str]) -> bool:
    """A time, or another reason than is held: those are read as they stand."""
    timed = report.arrives is not None or report.leaves is not None
    codes = {held.get(child) for child in report.children}
    return timed or (report.code is not None and not is_unexplained(report.code) and report.code not in codes)
