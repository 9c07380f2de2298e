"""What a school puts on, sells, plans or sends out, as parents name it. The register knows none of it."""

from __future__ import annotations

import re

_ON_SHOW = "play|show|concert|assembly|disco|prom|fair|fete|gala|match|fixture|tournament|exhibition|(?:cake|bake) sale"
BUSINESS = re.compile(
    r"\b(?:parents? '? ?s? ?(?:evenings?|eve|nights?|consultations?|meetings?)"
    r"|(?:open|options|information) (?:evening|day|night)s?"
    r"|(?:sports?|photo|photograph|book|mufti|own clothes|non ?-? ?uniform|inset|training) days?"
    r"|(?:school|class|day|year(?: \d{1,2})?|geography|history|theatre|ski|french|museum|zoo)"
    rf" (?:trips?|visits?|photos?|photographs?|{_ON_SHOW})"
    rf"|(?:the|this|that|for|about) (?:trips?|residential|camp|{_ON_SHOW})"
    r"|\w+ ?- ?club|\w+ clubs?|choir|orchestra|band practice|rehearsals?|football (?:training|practice)|netball"
    r"|swimming|trip (?:letter|form|payment)|(?:dinner|lunch|trip) money|parent ?pay|lunch menu|uniform shop"
    r"|lost property|(?:half )?term (?:dates?|ends?|starts?|finish\w*)|reports? (?:out|home|due))\b"
)
