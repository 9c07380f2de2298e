"""Faults of a policy: each with its place and a remedy, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from attendance.policy.model import Policy
from attendance.policy.places import Path, line_for
from attendance.policy.words import near


class PolicyFault(ValueError):
    """A policy that cannot be used. `faults`: one text each, `place: what is wrong; what to do`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Names:
    """How places are called in the text that is being read: the file's name, and the lines of its keys."""

    file: str
    lines: Mapping[Path, int] = field(default_factory=dict)

    def place(self, path: Sequence[str | int]) -> str:
        """`blue-coat.toml:41: firstday.rounds.2.by`; places in arrays are counted from 1, as people count."""
        line = line_for(dict(self.lines), path)
        where = f"{self.file}:{line}" if line else self.file
        dotted = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return f"{where}: {dotted}" if dotted else where

    def order(self, path: Sequence[str | int]) -> int:
        """Faults are told from the top of the file downwards."""
        return line_for(dict(self.lines), path) or 0


def from_validation(error: ValidationError, names: Names) -> list[str]:
    """Every fault that the model found, in the words of this module, from the top of the file."""
    found = []
    for one in error.errors(include_url=False):
        path = tuple(part for part in one["loc"] if not _is_machinery(part))
        found.append((names.order(path), f"{names.place(path)}: {_words(one['type'], path, one)}"))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def unknown_keys(error: ValidationError) -> list[Path]:
    """The paths of keys that no table of a policy has."""
    return [
        tuple(part for part in one["loc"] if not _is_machinery(part))
        for one in error.errors(include_url=False)
        if one["type"] == "extra_forbidden"
    ]


def _is_machinery(part: str | int) -> bool:
    """Pydantic names the branch of a union in its path; nobody wrote that."""
    return isinstance(part, str) and ("[" in part or part in {"time", "timedelta"})


def _words(kind: str, path: Sequence[str | int], error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    match kind:
        case "extra_forbidden":
            known = known_keys(path[:-1])
            meant = near(str(path[-1]), known)
            remedy = f"did you mean `{meant}`?" if meant else f"the keys here are {', '.join(known)}"
            return f"unknown key; {remedy}"
        case "missing":
            return "is missing; write it, and where it stands in the policy under [sources]"
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
        case "literal_error":
            return f"{error['input']!r} is not possible; write {context['expected']}"
        case "too_short":
            return "is empty; name at least one"
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            return (
                f"{error['input']!r} is out of range; {str(error['msg']).removeprefix('Input should be ')} is possible"
            )
        case "string_too_long":
            return f"{error['input']!r} is longer than {context['max_length']} letters; shorten it"
        case "string_pattern_mismatch":
            return f"{error['input']!r} does not have the form that is wanted ({context['pattern']}); correct it"
        case _:
            wanted = str(error["msg"]).removeprefix("Input should be ")
            return f"{str(error['input'])[:60]!r} cannot be used; write {wanted}"


def known_keys(path: Sequence[str | int]) -> list[str]:
    """The keys that a table of the policy file may hold."""
    model: type[BaseModel] | None = Policy
    for part in path:
        if isinstance(part, str) and model is not None:
            model = _model_of(model, part)
    if model is None:
        return []
    return sorted(info.alias or name for name, info in model.model_fields.items())


def _model_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return _model_in(info.annotation)
    return model if model is not Policy else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _model_in(arg))), None)
