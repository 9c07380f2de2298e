"""The demo's phones: every contact's thread with the school, as it stands in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.people import Contact, Pupil
from attendance.school import School
from storage.journal import Line

STRANGER = "+447700900799"
"""A number that nobody lists (from the range that Ofcom keeps free for drama)."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on a phone. `ours`: from the school."""

    at: datetime
    text: str
    ours: bool
    channel: str


@dataclass(frozen=True, slots=True)
class Phone:
    """One contact's phone, with the children it is listed for and its texts, oldest first."""

    id: str
    name: str
    children: tuple[tuple[Pupil, str, bool], ...]
    """(child, relation, barred)."""
    bubbles: tuple[Bubble, ...] = ()

    @property
    def of(self) -> str:
        """Whose parent this is: "mother of Amina 7M"."""
        if not self.children:
            return "nobody’s contact"
        first, relation, _ = self.children[0]
        others = f" and {len(self.children) - 1} more" if len(self.children) > 2 else ""
        names = " and ".join(child.called for child, _, _ in self.children[:2]) if not others else first.called
        groups = f" {first.group}" if len(self.children) == 1 else ""
        return f"{relation} of {names}{others}{groups}"

    @property
    def barred(self) -> bool:
        """Barred for every child of theirs."""
        return bool(self.children) and all(barred for _, _, barred in self.children)

    @property
    def unanswered(self) -> bool:
        """The school's text is the newest one."""
        return bool(self.bubbles) and self.bubbles[-1].ours

    @property
    def suggestions(self) -> tuple[tuple[str, str], ...]:
        """Something to say for whoever has no idea yet: (in short, the words)."""
        if not self.children:
            return (("A nosy question", "Is Amina in school today?"),)
        name = self.children[0][0].called
        return (
            ("Poorly", f"{name} is poorly, back tomorrow"),
            ("Left at 8!", f"That cannot be right, {name} left at 8 as always"),
            ("Late", f"{name} overslept, we are on our way"),
        )


def phones(school: School, lines: Sequence[Line]) -> tuple[Phone, ...]:
    """Every phone that a contact has, and a stranger's; those with the newest texts first."""
    said: dict[str, list[Bubble]] = {}
    for line in lines:
        if line.kind == "sent":
            who, ours = str(line.data.get("to")), True
        elif line.kind == "received":
            who, ours = str(line.data.get("contact") or line.data.get("from")), False
        else:
            continue
        said.setdefault(who, []).append(
            Bubble(line.at, str(line.data.get("text", "")), ours, str(line.data.get("channel", "sms")))
        )
    found = [_phone(school, contact, tuple(said.pop(contact.id, ()))) for contact in school.roll.contacts.values()]
    strangers = {STRANGER: (), **{who: tuple(texts) for who, texts in said.items()}}
    found += [Phone(who, "A number nobody knows", (), texts) for who, texts in strangers.items() if who.startswith("+")]
    return tuple(sorted(found, key=_newest_first))


def _phone(school: School, contact: Contact, bubbles: tuple[Bubble, ...]) -> Phone:
    links = school.roll.children_of(contact.id)
    children = tuple((school.roll.pupils[link.pupil], link.relation, link.barred) for link in links)
    return Phone(contact.id, contact.name, children, bubbles)


def _newest_first(phone: Phone) -> tuple[float, str]:
    return (-phone.bubbles[-1].at.timestamp() if phone.bubbles else 0.0, phone.name)
