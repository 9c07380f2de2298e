"""People: contacts and their order, what no import clears about them, and where the list of a family is thin."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.people import Link, Pupil
from attendance.reachable import nobody_outside, too_few
from mis.columns import words
from office.board.board_page import done, done_to_many
from office.desk import LinkWish, NotPossible
from office.families import people_list
from office.families.numbers import dead_of, numbers_of
from office.pages import pages
from office.visit import NotHere, Visit, needs
from storage import overlays

router = APIRouter()

SEE = needs("see_people")
CHANGE = needs("change_people")
LIFT = needs("lift_bar")
LISTED = {"yes": True, "no": False}


def languages() -> dict[str, str]:
    """Languages that a contact may have, by code, in English."""
    return {code: names[0].capitalize() for code, names in words()["languages"].items()}


@router.get("/people")
async def people(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """Find a child or contact by name, or look at a list that wants work."""
    roll = visit.school.roll
    seen = people_list.by_name(pupil for pupil in roll.pupils.values() if visit.sees(pupil))
    asked = visit.request.query_params
    find, which, group = asked.get("find", "").strip(), asked.get("list", ""), asked.get("group", "")
    async with visit.desk.database.read() as db:
        numbers = people_list.numbers_of(roll, seen, await overlays.not_live(db, visit.school.id))
    few = [pupil for pupil in seen if too_few(roll, pupil.id)]
    home = [pupil for pupil in seen if nobody_outside(roll, pupil.id)]
    chosen = {"few": few, "home": home}.get(which) or ([p for p in seen if p.group == group] if group else [])
    if find:
        chosen = people_list.found(roll, seen, find)
    shown = [people_list.row_of(roll, pupil) for pupil in chosen[: people_list.SHOWN]]
    return pages.page(
        "people.html", visit, find=find, which="" if find else which, group=group, rows=shown, found=len(chosen),
        counts={"few": len(few), "home": len(home), "numbers": len(numbers)}, numbers=numbers[: people_list.SHOWN],
        unknown=people_list.household_unknown(roll, seen), pupils=len(seen),
        groups=sorted({pupil.group for pupil in seen}), languages=languages(),
    )  # fmt: skip


@router.get("/people/{pupil}")
async def person(pupil: str, visit: Visit = Depends(SEE)) -> HTMLResponse:
    """One child's contacts: what the school's own system says, and what a person here decided."""
    child = visit.pupil(pupil)
    async with visit.desk.database.read() as db:
        decided = await overlays.of_pupil(db, visit.school.id, pupil)
        by_list = await overlays.barred_by_the_list(db, visit.school.id, pupil)
        spoken = await overlays.languages(db, visit.school.id)
    await visit.write_down("view_contacts", f"pupil/{pupil}")
    roll = visit.school.roll
    contacts = [
        (
            roll.contacts[link.contact],
            link,
            numbers_of(visit.school, pupil, link),
            _siblings(visit, link),
            dead_of(visit.school, pupil, link),
        )
        for link in roll.links_of(pupil)
    ]
    return pages.page(
        "person.html", visit, row=people_list.row_of(roll, child), pupil=child, contacts=contacts, decided=decided,
        by_list=by_list, spoken=spoken, languages=languages(),
    )  # fmt: skip


def _siblings(visit: Visit, link: Link) -> list[Pupil]:
    """Other children of this contact whom the visitor may see: the language is theirs too."""
    pupils = visit.school.roll.pupils
    others = [pupils[one.pupil] for one in visit.school.roll.children_of(link.contact) if one.pupil != link.pupil]
    return [pupil for pupil in others if visit.sees(pupil)]


@router.post("/people/{pupil}/{contact}")
async def decide(pupil: str, contact: str, visit: Visit = Depends(CHANGE)) -> Response:
    """Who may report, who is asked first, a note; or barred from now on. It lifts no bar."""
    link = _link(visit, pupil, contact)
    wish = LinkWish(
        barred=True if visit.form.get("barred") == "yes" else None,
        may_report=LISTED.get(visit.form.get("may_report", "")),
        asked_first=visit.form.get("asked_first") == "yes",
        note=visit.form.get("note", ""),
    )
    name = visit.school.roll.contacts[link.contact].name
    said = f"Kept for {name}; no import changes it."
    if wish.barred and not link.barred:
        said = f"{name} is barred for this child from now on: nothing more is sent, and no import clears it."
    return await done(
        visit, visit.desk.decide_link(visit.staff, pupil, contact, wish), said, "change_contact",
        f"pupil/{pupil} contact/{contact}", barred=wish.barred, may_report=wish.may_report,
        asked_first=wish.asked_first, note=wish.note,
    )  # fmt: skip


@router.post("/people/{pupil}/{contact}/again")
async def again(pupil: str, contact: str, visit: Visit = Depends(CHANGE)) -> Response:
    """A dead number was corrected, or the family says that it works again: whoever waits for an answer asks at once."""
    link = _link(visit, pupil, contact)
    if link.barred:
        raise NotHere("This contact is barred for this child.")
    name, channel = visit.school.roll.contacts[contact].name, visit.form.get("channel", "")
    act = visit.desk.try_again(visit.staff, contact, channel)
    subject = f"pupil/{pupil} contact/{contact}"
    return await done_to_many(visit, act, lambda count: _tried(name, count), "try_again", subject)


def _tried(name: str, children: int) -> str:
    if not children:
        return f"{name} can be written to again. Nothing is on its way: nobody waits for an answer of theirs just now."
    return f"{name} can be written to again, and is asked now."


@router.post("/people/{pupil}/{contact}/lift")
async def lift(pupil: str, contact: str, visit: Visit = Depends(LIFT)) -> Response:
    """The bar is over, with the reason. The next import may bring a new one."""
    link = _link(visit, pupil, contact)
    why = visit.form.get("why", "").strip()
    async with visit.desk.database.read() as db:
        held = (await overlays.of_pupil(db, visit.school.id, pupil)).get(contact)
    wish = LinkWish(False, held.may_report if held else None, link.asked_first, f"Bar lifted: {why}")
    said = f"{visit.school.roll.contacts[contact].name} is not barred any more."
    return await done(
        visit, _lift(visit, pupil, contact, wish, why), said, "lift_bar", f"pupil/{pupil} contact/{contact}", why=why
    )


async def _lift(visit: Visit, pupil: str, contact: str, wish: LinkWish, why: str) -> None:
    if not why:
        raise NotPossible("Lifting a bar needs its reason: who decided it, and on what paper.")
    await visit.desk.decide_link(visit.staff, pupil, contact, wish)


@router.post("/people/{pupil}/{contact}/release")
async def release(pupil: str, contact: str, visit: Visit = Depends(LIFT)) -> Response:
    """Whoever was named as who harmed the child may be asked about it again, with the reason."""
    _link(visit, pupil, contact)
    name, why = visit.school.roll.contacts[contact].name, visit.form.get("why", "").strip()
    act = visit.desk.release_contact(visit.staff, pupil, contact, why)
    subject = f"pupil/{pupil} contact/{contact}"
    return await done_to_many(visit, act, lambda count: _released(name, count), "release_contact", subject, why=why)


def _released(name: str, cases: int) -> str:
    return f"{name} is asked about this child again{', and is asked now' if cases else ''}."


@router.post("/people/{pupil}/{contact}/language")
async def language(pupil: str, contact: str, visit: Visit = Depends(CHANGE)) -> Response:
    """The language in which this contact is written to, about every child."""
    _link(visit, pupil, contact)
    code = visit.form.get("language", "")
    chosen = code if code in languages() else None
    spoken = languages()[chosen] if chosen else "the language that the school’s system says"
    said = f"{visit.school.roll.contacts[contact].name} is written to in {spoken}."
    return await done(
        visit, visit.desk.decide_language(visit.staff, contact, chosen), said, "change_language", f"contact/{contact}",
        language=chosen,
    )  # fmt: skip


def _link(visit: Visit, pupil: str, contact: str) -> Link:
    link = visit.school.roll.link(visit.pupil(pupil).id, contact)
    if link is None:
        raise NotHere("This contact is not listed for this child.")
    return link
