"""What a policy wants the headteacher to look at in a request for leave: advice beside it, never a refusal.

The words are the policies' own (`leave.flags`): Mary Bassett's passage on leave of absence, St Joseph & St Bede 5.1,
West Coventry 10. The days of statutory assessments are the calendar's (assessments.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from attendance.codes import code_set

HOLIDAY = "G"
ENOUGH = 10
"""Possible sessions before a percentage says anything (as for letters: policy schema, 6.3)."""
_PROTEST = re.compile(
    r"\b(?:protest\w*|demonstration|demo|strikes?|(?:climate|peace|protest|pride) march|march(?:es|ing)"
    r"|(?:a|the|his|her|our|big|national) march(?! \d)"
    r"|(?<!\d )(?<!st )(?<!nd )(?<!rd )(?<!th )(?<!of )(?<!early )(?<!late )march (?:for|against|in london|through)"
    r"|rally)\b",
    re.IGNORECASE,
)


PERFORMANCE = "C1"
NO_LICENCE = "no_licence_said"
BELOW_95 = "performance_below_95"
_LICENCE = re.compile(r"\blicen[cs]e", re.IGNORECASE)
_NOT_THERE = re.compile(
    r"\b(?:no|not|without|yet|waiting|wait|awaiting|applied|applying|pending|still|need(?:s|ed)?)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A pupil's sessions of the school year so far, by what they count as."""

    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0

    @property
    def possible(self) -> int:
        """Sessions that count."""
        return self.attended + self.authorised + self.unauthorised


def codes_of(edition: str) -> Mapping[str, frozenset[str]]:
    """The codes that count as attended, authorised and unauthorised, by the field of `Record`."""
    possible = [code for code in code_set(edition) if code.counts_as_possible_session]
    present = frozenset(code.code for code in possible if code.statistical_meaning == "attending")
    unauthorised = frozenset(code.code for code in possible if code.category == "unauthorised")
    authorised = frozenset(code.code for code in possible) - present - unauthorised
    return {"attended": present, "authorised": authorised, "unauthorised": unauthorised}


def said_flags(code: str, text: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the policy's flags that the request itself raises."""
    raised = {"family_holiday": code == HOLIDAY, "protest": _PROTEST.search(text) is not None}
    return tuple(flag for flag in wanted if raised.get(flag, False))


def licence_flags(code: str, text: str) -> tuple[str, ...]:
    """A performance needs a licence of the local authority or an exemption: raised unless the words speak of one.

    At every school, for it is the law. Source: Children and Young Persons Act 1963, section 37.
    """
    sentences = re.split(r"[.!?;\n]", text)
    there = any(_LICENCE.search(part) and not _NOT_THERE.search(part) for part in sentences)
    return (NO_LICENCE,) if code == PERFORMANCE and not there else ()


def record_flags(record: Record, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the policy's flags that the record so far raises; percentages compared as integers."""
    enough = record.possible >= ENOUGH
    raised = {
        "any_unauthorised": record.unauthorised > 0,
        "authorised_above_10pct": enough and record.authorised * 10 > record.possible,
    }
    return tuple(flag for flag in wanted if raised.get(flag, False))


def performance_flags(record: Record, code: str, sessions: int, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Raised where the `sessions` of a performance would take the year's attendance below 95 %.

    Source: Mary Bassett's passage on performances ("not if attendance would fall below 95%").
    """
    enough = code == PERFORMANCE and record.possible >= ENOUGH
    below = enough and record.attended * 100 < 95 * (record.possible + sessions)
    return (BELOW_95,) if below and BELOW_95 in wanted else ()
