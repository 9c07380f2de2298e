"""A scenario file: a school's day written down, read and checked whole before it runs.

The format is in docs/how-to/write-a-scenario.md.

Every fault is named with its place; a file with faults runs nothing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from attendance.calendar import CalendarFault, SchoolCalendar
from attendance.history import History
from attendance.people import Contact, Link, Pupil, StaffMember
from attendance.policy import Policy, PolicyFault, policy_by_key, with_override
from service.rehearsal import scenario_checks, scenario_faults
from service.rehearsal.scenario_parts import PupilPart, ScenarioFile


class ScenarioFault(ValueError):
    """The file is not a valid scenario; `faults` names each place."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Scenario:
    """A sound scenario: the file, the policy with its replacements, and the calendar's JSON (None: the policy's)."""

    path: Path
    file: ScenarioFile
    policy: Policy
    override: Mapping[str, Any]
    calendar: Mapping[str, Any] | None

    def moment(self, value: time | datetime) -> datetime:
        """A local time belongs to the date of `start`; a local date-time stands for itself. Aware UTC."""
        return scenario_checks.moment(self.file, value)

    @property
    def start(self) -> datetime:
        """Aware UTC."""
        return self.moment(self.file.start)

    @property
    def end(self) -> datetime:
        """Aware UTC."""
        return self.moment(self.file.end)

    def pupils(self, school: str | None = None) -> list[Pupil]:
        """The children on roll; of another school of the trust by its id."""
        return [
            Pupil(p.id, p.given, p.family, p.year, p.group, p.known_as, frozenset(p.tags), p.named_person, p.house)
            for p in self._on_roll(school)
        ]

    def contacts(self, school: str | None = None) -> list[Contact]:
        """Everybody who may be written to, and those who may not; where there are several schools, each its own."""
        listed = {contact for pupil in self._on_roll(school) for contact in pupil.contacts}
        return [
            Contact(c.id, c.name, c.phone, c.email, c.telegram, c.whatsapp, c.landline, c.language)
            for c in self.file.contact
            if not self.file.school or c.id in listed
        ]

    def links(self, school: str | None = None) -> list[Link]:
        """What each contact is to each of its pupils; `barred` and `may_report` belong to the link.

        Who is barred by name for a pupil is barred, whether or not the pupil's own list has them.
        """
        people = {contact.id: contact for contact in self.file.contact}
        return [
            Link(
                pupil.id,
                contact,
                priority,
                people[contact].relation,
                _holds(people[contact].may_report, pupil.id),
                _holds(people[contact].barred, pupil.id),
                _holds(people[contact].parental_responsibility, pupil.id),
                people[contact].lives_with,
                people[contact].household,
                people[contact].emergency,
            )
            for pupil in self._on_roll(school)
            for priority, contact in enumerate((*pupil.contacts, *self._barred_by_name(pupil)), 1)
        ]

    def _barred_by_name(self, pupil: PupilPart) -> list[str]:
        return [
            one.id
            for one in self.file.contact
            if not isinstance(one.barred, bool) and pupil.id in one.barred and one.id not in pupil.contacts
        ]

    def staff(self, school: str | None = None) -> list[StaffMember]:
        """Everybody who gets alerts."""
        return [
            StaffMember(
                s.id, s.name, s.position, s.roles, s.phone, s.email, s.telegram, s.group, s.away, s.house, s.years
            )
            for s in self.file.staff
            if s.school == school
        ]

    def histories(self, school: str | None = None) -> list[History]:
        """The pupils' records before `start`."""
        mine = {pupil.id for pupil in self._on_roll(school)}
        return [History(h.pupil, h.from_, h.until, h.attended, h.absent) for h in self.file.history if h.pupil in mine]

    def _on_roll(self, school: str | None) -> list[PupilPart]:
        return [pupil for pupil in self.file.pupil if pupil.school == school]


def _holds(said: bool | tuple[str, ...], pupil: str) -> bool:
    return said if isinstance(said, bool) else pupil in said


def read_scenario(path: Path) -> Scenario:
    """Read and check a whole file. Raises ScenarioFault with every fault and its place."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        how = "give the path of a scenario, as docs/how-to/write-a-scenario.md says"
        raise ScenarioFault((f"{path}: cannot be read ({error.strerror}); {how}.",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioFault((f"{path.name}: not TOML: {error}; correct that line.",)) from error
    return checked_scenario(data, path)


def checked_scenario(data: Mapping[str, Any], path: Path) -> Scenario:
    """A scenario from what a file says; `path` is where its calendar is looked for. Raises ScenarioFault."""
    file, faults = _form(data)
    if file is None:
        raise ScenarioFault(tuple(faults))
    faults += scenario_checks.faults_of(file, timed=scenario_faults.STANDS_FOR_A_TIME not in (file.start, file.end))
    policy, override = _policy(file, faults)
    for number, other in enumerate(file.school, 1):
        _check_policy(f"school {number}", other.policy, other.policy_override, faults)
    calendar = _calendar(path, file, faults)
    if faults or policy is None:
        raise ScenarioFault(tuple(faults))
    return Scenario(path, file, policy, override, calendar)


def _form(data: Mapping[str, Any]) -> tuple[ScenarioFile | None, list[str]]:
    """The file, and the faults of its form. Faulty parts are left out of it, so that the other checks can go on."""
    try:
        return ScenarioFile.model_validate(data), []
    except ValidationError as error:
        errors = error.errors()
    found = list(scenario_faults.said(errors, data))
    try:
        rest = scenario_faults.stand_in(data, errors)
        return (None if rest is None else ScenarioFile.model_validate(rest)), found
    except ValidationError:
        return None, found


def _policy(file: ScenarioFile, faults: list[str]) -> tuple[Policy | None, Mapping[str, Any]]:
    """The policy of the day. Where its name is wrong, what replaces its keys is checked against another school's."""
    policy = None
    try:
        policy = policy_by_key(file.policy)
    except PolicyFault as fault:
        faults += fault.faults
    try:
        replaced = with_override(policy or policy_by_key(scenario_faults.STAND_INS["policy"]), file.policy_override)
    except PolicyFault as fault:
        faults += fault.faults
        return None, {}
    return (None if policy is None else replaced), file.policy_override


def _check_policy(here: str, key: str, override: Mapping[str, Any], faults: list[str]) -> None:
    try:
        with_override(policy_by_key(key), override)
    except PolicyFault as fault:
        faults += [f"{here}: {one}" for one in fault.faults]


def _calendar(path: Path, file: ScenarioFile, faults: list[str]) -> Mapping[str, Any] | None:
    if file.calendar is None:
        return None
    try:
        data = json.loads((path.parent / file.calendar).read_text(encoding="utf-8"))
        SchoolCalendar.from_mapping(data)
    except OSError:
        faults.append(f"calendar: {file.calendar} cannot be read; its place counts from the scenario's folder.")
    except (ValueError, TypeError, CalendarFault) as error:
        faults.append(f"calendar: {error}")
    else:
        return dict(data)
    return None
