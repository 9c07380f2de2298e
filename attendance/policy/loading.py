"""Reading a policy file, replacing keys for a rehearsal, and finding the bundled ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from attendance.calendar import SchoolCalendar
from attendance.paths import data_root, read_data
from attendance.policy.checks import Check, cross_checks, register_checks
from attendance.policy.faults import Names, PolicyFault, from_validation, unknown_keys
from attendance.policy.model import Policy
from attendance.policy.places import lines_of
from attendance.policy.sources import source_faults
from attendance.policy.words import near

OVERRIDABLE = frozenset(
    """register register_deadline report.cutoff report.repeat report.accepts firstday.rounds firstday.deadline
    firstday.afternoon_deadline firstday.ladder firstday.send_within firstday.settle_within firstday.priority_list
    firstday.notify_roles firstday.notify_workers quiet_hours brake.usual brake.more_than tiers unexplained
    ncode.expires_school_days late.letter_after late.meeting_after late.period leave.notice leave.flags leave.fields
    la.cme_day la.return_days la.sickness_days stage""".split()
)
"""The keys that a scenario may replace, each as a whole (vocabulary, "Policy keys")."""


def load_policy(path: Path) -> Policy:
    """Read one policy file. Raises PolicyFault with every fault, its place and its remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise PolicyFault([f"{path}: cannot be read ({why}); give the path of a policy file"]) from error
    policy = parse_policy(text, path.name)
    if path.stem != policy.key:
        raise PolicyFault(
            [f"{path.name}: school.key is `{policy.key}`, the file is called `{path.stem}`; make them the same"]
        )
    return policy


def parse_policy(text: str, file: str = "policy.toml") -> Policy:
    """A policy from TOML text; `file` is how faults call it. Raises PolicyFault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyFault([f"{file}: is not TOML: {error}; correct that line"]) from error
    names = Names(file, lines_of(text))
    try:
        policy = Policy.model_validate(raw)
    except ValidationError as error:
        unknown = unknown_keys(error)
        raise PolicyFault([*from_validation(error, names), *source_faults(raw, names, unknown)]) from error
    faults = source_faults(raw, names)
    faults = [*_told([*cross_checks(policy), *register_checks(policy)], names), *faults]
    if faults:
        raise PolicyFault(faults)
    return policy


def policy_path(key: str, root: Path | None = None) -> Path:
    """The file of a policy by its key. `root`: another folder of policies. Raises PolicyFault for an unknown key."""
    folder = (root or data_root()) / "schools"
    path = folder / f"{key}.toml"
    if "/" in key or "\\" in key or not path.is_file():
        known = sorted(one.stem for one in folder.glob("*.toml"))
        meant = near(key, known)
        remedy = f"did you mean `{meant}`?" if meant else f"the policies are {', '.join(known)}"
        raise PolicyFault([f"policy: there is no policy `{key}`; {remedy}"])
    return path


@cache
def policy_by_key(key: str, root: Path | None = None) -> Policy:
    """A bundled policy, read once: `policy_by_key("blue-coat")`. Raises PolicyFault."""
    return load_policy(policy_path(key, root))


def calendar_of(policy: Policy, root: Path | None = None) -> SchoolCalendar:
    """The calendar that the policy names. Raises DataMissing, CalendarFault."""
    return SchoolCalendar.from_json(read_data(f"calendars/{policy.calendar_file}", root))


def with_override(policy: Policy, overrides: Mapping[str, Any], file: str = "policy_override") -> Policy:
    """The policy with some keys replaced, each as a whole; their source becomes `scenario`.

    Keys are dotted, or nested tables as TOML gives them. A value that the overrides left alone is never a fault of
    theirs. Raises PolicyFault.
    """
    names = Names(file)
    replaced = dict(_flat(overrides))
    faults = [_unknown(key, names) for key in replaced if key not in OVERRIDABLE]
    raw = policy.model_dump(by_alias=True)
    for key, value in replaced.items():
        if key in OVERRIDABLE:
            _put(raw, key.split("."), value)
    raw["sources"] = _sources(policy.sources, replaced)
    try:
        changed = Policy.model_validate(raw)
    except ValidationError as error:
        raise PolicyFault([*faults, *from_validation(error, names)]) from error
    faults += _told((check for check in cross_checks(changed) if check[0] <= replaced.keys()), names)
    if faults:
        raise PolicyFault(faults)
    return changed


def _flat(overrides: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in overrides.items():
        dotted = f"{prefix}{key}"
        inside = any(known.startswith(f"{dotted}.") for known in OVERRIDABLE)
        if isinstance(value, Mapping) and dotted not in OVERRIDABLE and (inside or not prefix):
            yield from _flat(value, f"{dotted}.") if inside else ((dotted, value),)
        else:
            yield dotted, value


def _unknown(key: str, names: Names) -> str:
    meant = near(key, OVERRIDABLE)
    remedy = f"did you mean `{meant}`?" if meant else f"a scenario may replace {', '.join(sorted(OVERRIDABLE))}"
    return f"{names.place(key.split('.'))}: is not a policy key that a scenario may replace; {remedy}"


def _put(raw: dict[str, Any], parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        raw = raw[part]
    raw[parts[-1]] = value


def _sources(sources: Mapping[str, str], replaced: Mapping[str, Any]) -> dict[str, str]:
    kept = {
        key: where
        for key, where in sources.items()
        if not any(key == gone or key.startswith(f"{gone}.") for gone in replaced)
    }
    return {**kept, **dict.fromkeys(replaced, "scenario")}


def _told(checks: Iterable[Check], names: Names) -> list[str]:
    found = sorted(checks, key=lambda check: names.order(check[1]))
    return [f"{names.place(path)}: {text}" for _, path, text in found]
