"""The call sheet as a PDF on A4: made on this machine by typst, without any network. What is on it: call_sheet.py."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import typst
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.school import School
from office import wording
from office.paths import pages_root
from office.sheet import call_sheet
from office.sheet.call_sheet import Caller, Line, Sheet

PHONES = ("mobile", "landline")


async def render(db: AsyncConnection, school: School, now: datetime) -> bytes:
    """The sheet as it stands."""
    _, sheet = await call_sheet.read(db, school, now)
    return pdf_of(sheet, school, now)


def pdf_of(sheet: Sheet, school: School, now: datetime) -> bytes:
    """A PDF. Names go in as data: nothing that a family is called can be markup."""
    template = (pages_root() / "call_sheet.typ").read_bytes()
    return bytes(typst.compile(template, sys_inputs={"data": json.dumps(data_of(sheet, school, now))}))


def data_of(sheet: Sheet, school: School, now: datetime) -> dict[str, Any]:
    """What the template is filled with."""
    at = local(now)
    return {
        "title": f"Call sheet, {school.policy.name}",
        "at": f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M}",
        "blocks": [
            {"brief": block[0][1].brief, "why": block[0][1].why, "lines": [_line(number, one) for number, one in block]}
            for block in sheet.blocks
        ],
    }


def _line(number: int, line: Line) -> dict[str, Any]:
    return {
        "number": number,
        "child": f"{line.pupil.given} {line.pupil.family}",
        "group": f"{wording.year(line.pupil.year)}, {line.pupil.group}",
        "tier": line.tier,
        "why": line.why,
        "owner": line.owner,
        "deadline": wording.clock(line.deadline) if line.deadline else "",
        "callers": [_caller(one) for one in line.callers],
    }


def _caller(one: Caller) -> dict[str, Any]:
    numbers = [{"number": number, "wrong": wrong} for kind, number, wrong in one.numbers if kind in PHONES]
    return {
        "place": one.place, "name": one.name, "relation": one.relation, "barred": one.barred,
        "aside": wording.SET_ASIDE if one.set_aside else "",
        "verify": not one.may_report and not one.barred, "note": "" if one.barred else one.note,
        "numbers": [] if one.barred else numbers, "asked": list(one.asked),
    }  # fmt: skip
