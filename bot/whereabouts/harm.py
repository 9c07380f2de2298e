"""Who is said to have harmed a child, among its contacts: "dad hit me", "her stepmum keeps slapping her".

Whoever is named so is not asked where the child is, and hears nothing of how the search ended, until a person has
decided: the text of a chase may tell them that the child has spoken, and an answer of theirs would end the chase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attendance.people import Link, Roll
from bot.outcome import Situation
from bot.understanding.data import table
from bot.understanding.words.normalise import line_of

_CALLED = {
    "father": "dad|daddy|father",
    "mother": "mum|mummy|mam|mom|mother",
    "stepfather": "stepdad|stepfather|step dad|mum 's (?:boyfriend|partner|fella)",
    "stepmother": "stepmum|stepmother|step mum|dad 's (?:girlfriend|partner)",
    "grandmother": "nan|nana|gran|granny|grandma|grandmother",
    "grandfather": "grandad|grandpa|grandfather",
    "uncle": "uncle",
    "aunt": "aunt|auntie|aunty",
    "brother": "brother",
    "sister": "sister",
}
"""What the words call somebody who is that to the child."""
_KIN = re.compile("|".join(_CALLED.values()), re.IGNORECASE)
_OF_A_PARENT = {"mother": "grandmother", "father": "grandfather", "brother": "uncle", "sister": "aunt"}
"""Who a parent's own mother is to the child: "my mum hit her"."""
_WHOM = r"(?:me|him|her|them|us|\w+)"


def said_to_have_harmed(text: str, writer: str | None, pupil: str, by_the_child: bool, roll: Roll) -> tuple[str, ...]:
    """The pupil's other contacts whom the words name as who harmed it. `by_the_child`: the child itself may write."""
    links = [link for link in roll.links_of(pupil) if not link.barred]
    if not by_the_child:
        links = [link for link in links if link.contact != writer]
    line = line_of(text)
    return tuple(link.contact for link in links if _is_named(line, link, by_the_child, roll))


def _is_named(line: str, link: Link, by_the_child: bool, roll: Roll) -> bool:
    name = roll.contacts[link.contact].name.split()[:1]
    whose = r"(?:my|me) " if by_the_child else r"(?:his|her|their|the) "
    called = [rf"(?:{whose})?(?:{_CALLED[link.relation]})"] if link.relation in _CALLED else []
    own = [relation for relation, to_the_child in _OF_A_PARENT.items() if to_the_child == link.relation]
    if not by_the_child:
        called = [rf"(?<!my ){one}" for one in called]
        called += [rf"my (?:{_CALLED[relation]})" for relation in own]
    called += [re.escape(one.casefold()) for one in name if len(one) > 1 and not _KIN.fullmatch(one)]
    return any(_harms(line, who) for who in called)


def _harms(line: str, who: str) -> bool:
    """ "Dad hit me", "was hit by her dad", "scared of his dad"."""
    harms = "|".join(table("kinds.toml")["sets"]["harms"])
    does = rf"\b{who}\b(?! 's)(?: (?!and|,|said|says|rang|has him|has her)\w+){{0,3}} (?:{harms}) {_WHOM}\b"
    done = rf"\b(?:{harms})(?: \w+){{0,3}} by {who}\b|\b(?:scared|afraid|frightened|terrified) of {who}\b"
    return re.search(rf"{does}|{done}", line) is not None


def who_is_not_asked(contacts: Iterable[str], pupil: str, situation: Situation) -> str:
    """What the person who reads of the harm is told of those who are not asked; "" where nobody is named."""
    roll = situation.school.roll
    relations = [link.relation for contact in contacts if (link := roll.link(pupil, contact)) is not None]
    if not relations:
        return ""
    who = " and ".join(relations)
    return f" The {who} is named in it: nothing is written to them about the child until a person releases them."
