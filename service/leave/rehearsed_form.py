"""The family's form in a rehearsal: opened by its link, filled in, checked and handed in as a browser would."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attendance.calendar import local
from office.leave import family_form
from service.errors import CannotDo
from service.leave.door import LeaveDoor
from service.rehearsal.scenario_parts import FormPart
from service.runner import Runner
from service.staff.desk import OfficeDesk

_LINK = re.compile(r"/leave/form/(\S+)")


async def filled_in(runner: Runner, schools: Sequence[str], form: FormPart, texts: Sequence[str]) -> None:
    """Hand the form in by the newest link in `texts`. Raises CannotDo with what is wrong in it, and Overtaken."""
    links = [found[1] for text in texts if (found := _LINK.search(text)) is not None]
    desks = {school: OfficeDesk(runner, school) for school in schools}
    if runner.links is None or not links:
        raise CannotDo("no link to the form was sent; have the family write: leave form please.")
    door = LeaveDoor(runner, desks, runner.links)
    opened = await door.form(links[-1])
    if opened is None:
        raise CannotDo("this link was used already, or is too old.")
    rolls = [await desk.school() for desk in desks.values()]
    children = family_form.children_of(rolls, opened.channel, opened.address)
    typed = {key: str(value) for key, value in form.model_dump().items() if isinstance(value, str)}
    typed |= {"first_day": form.first_day.isoformat(), "last_day": form.last_day.isoformat()}
    chosen = [child.key for child in children if child.pupil in form.children]
    answers, faults = family_form.check(typed, chosen, children, local(door.now()).date())
    if answers is None:
        raise CannotDo(" ".join(faults.values()))
    await door.hand_in(opened, answers)
