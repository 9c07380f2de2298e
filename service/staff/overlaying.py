"""What a person decides of a contact, and no import clears: barred, may report, asked first, the language, a note."""

from __future__ import annotations

from attendance.calendar import local
from attendance.events import AddressWorks
from attendance.settling import WRITTEN
from office.desk import LinkWish
from service.errors import CannotDo
from service.staff.staffing import member_of
from service.turns.turn import Turn
from storage import overlays, people

LONGEST_NOTE = 300
RELEASE_NEEDS_A_REASON = f"Letting this contact be asked again needs its reason, in at most {LONGEST_NOTE} letters."
COURT_NEEDS_A_NOTE = "Write down why the contact is barred: the order and its date, or who decided it."


async def decide_link(turn: Turn, staff: str, pupil: str, contact: str, wish: LinkWish) -> None:
    """Write down a decision about one pupil's contact. A bar stops what is queued to them about this pupil.

    Raises CannotDo for somebody who is not listed, a bar without its reason, and a note that is too long.
    """
    member = member_of(turn, staff)
    if turn.school.roll.link(pupil, contact) is None:
        raise CannotDo("This contact is not listed for this child any more; look again.")
    note = " ".join(wish.note.split())
    if len(note) > LONGEST_NOTE:
        raise CannotDo(f"The note has {len(note)} letters; {LONGEST_NOTE} are kept.")
    if wish.barred and not note:
        raise CannotDo(COURT_NEEDS_A_NOTE)
    held = (await overlays.of_pupil(turn.db, turn.school.id, pupil)).get(contact)
    barred = wish.barred if wish.barred is not None else (held.barred if held else None)
    await people.set_overlay(
        turn.db, turn.school.id, pupil, contact,
        barred=barred, may_report=wish.may_report, asked_first=wish.asked_first, note=note, set_by=staff,
        set_at=turn.now,
    )  # fmt: skip
    await turn.reload_roll()
    if barred:
        await turn.cancel_words_to(contact, pupil)
    what = {True: "barred", False: "unbarred"}.get(wish.barred, "changed") if wish.barred is not None else "changed"
    turn.note("contact", (pupil,), contact=contact, what=what, by=member.name, position=member.position)


async def release(turn: Turn, staff: str, pupil: str, contact: str, why: str) -> int:
    """A contact who was said to have harmed the pupil is asked and told of it again, with the reason; whoever waits for
    an answer asks them now. Answers in how many cases.

    Raises CannotDo without a reason, and for somebody who is not set aside.
    """
    member, reason = member_of(turn, staff), " ".join(why.split())
    if not turn.school.roll.is_set_aside(pupil, contact):
        raise CannotDo("This contact is asked as any other already; look again.")
    if not reason or len(reason) > LONGEST_NOTE:
        raise CannotDo(RELEASE_NEEDS_A_REASON)
    await people.set_aside(turn.db, turn.school.id, pupil, [contact], turn.now, aside=False)
    await turn.reload_roll()
    turn.note(
        "contact", (pupil,), contact=contact, what="released", by=member.name, position=member.position, why=reason
    )
    person, asked = turn.school.roll.contacts[contact], 0
    for channel in (one for one in WRITTEN if person.address(one)):
        for case in await turn.cases_of(local(turn.now).date(), [pupil]):
            event = AddressWorks(f"released/{pupil}/{contact}/{channel}/{turn.now.isoformat()}", contact, channel)
            asked += len((await turn.move(case, event)).attempts) > len(case.attempts)
    return asked


async def decide_language(turn: Turn, staff: str, contact: str, language: str | None) -> None:
    """The language in which a contact is written to; None: as the school's own system says. Raises CannotDo."""
    member_of(turn, staff)
    if contact not in turn.school.roll.contacts:
        raise CannotDo("This contact is not listed any more; look again.")
    await people.set_language(turn.db, turn.school.id, contact, language, staff, turn.now)
    await turn.reload_roll()
