"""Whom of a family we can reach at all, and whether anybody of them lives elsewhere.

A contact is live when they are not barred and have a phone number that works and is not a barred person's; e-mail and
chats alone do not count, because nobody can ring them. Sources: Working together, July 2026, pp. 20 and 67, and KCSIE:
numbers of more than one person for each pupil, where reasonably possible.
"""

from __future__ import annotations

from attendance.people import AddressState, Link, Roll

WANTED = 2
"""Live contacts that every pupil should have."""


def live_contacts(roll: Roll, pupil: str) -> tuple[Link, ...]:
    """The pupil's contacts who can be rung, in the order in which they are asked."""
    barred = roll.barred_addresses(pupil)
    return tuple(link for link in roll.links_of(pupil) if not link.barred and _can_be_rung(roll, link, barred))


def _can_be_rung(roll: Roll, link: Link, barred: frozenset[str]) -> bool:
    person = roll.contacts[link.contact]
    return any(
        number is not None and number.casefold() not in barred and roll.state("sms", number) is not AddressState.BAD
        for number in (person.phone, person.landline)
    )


def too_few(roll: Roll, pupil: str) -> bool:
    """True when fewer than two contacts can be rung."""
    return len(live_contacts(roll, pupil)) < WANTED


def nobody_outside(roll: Roll, pupil: str) -> bool | None:
    """True when every live contact lives in the child's own household; None when the list does not say who does.

    The child's households are those of contacts with whom it lives; where no contact is said to live with it, all
    contacts in one and the same household are taken for its own. A contact without a household is somewhere unknown.
    """
    live = live_contacts(roll, pupil)
    if not live:
        return None
    own = {link.household for link in live if link.lives_with and link.household}
    if own:
        return all(link.lives_with or link.household in own for link in live)
    if all(link.lives_with for link in live):
        return True
    homes = {link.household for link in live}
    if None in homes:
        return None
    return len(homes) == 1
