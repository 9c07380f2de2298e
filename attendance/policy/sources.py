"""Every value of a policy file has its place: `[sources]` maps a dotted key to it.

A source covers its key and all below it, but not a whole table of independent keys: `firstday.rounds` may be given as
one, `firstday` may not. Elements of arrays go by their name: `register.pm.lunch2.closes`, `stage.1a`, `unexplained.2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attendance.policy.faults import Names
from attendance.policy.parts import RegisterWindow
from attendance.policy.words import near

GROUPS = frozenset("school registers report firstday brake ncode late leave la evidence retention".split())
"""Tables of independent keys: each key has a source of its own."""

_NO_SOURCE = frozenset({"school.key"})

Found = tuple[str, tuple[str | int, ...]]


def source_faults(raw: Mapping[str, Any], names: Names) -> list[str]:
    """Keys without a source, sources without a key, empty sources. `raw` is the file as TOML gives it."""
    sources = raw.get("sources", {})
    if not isinstance(sources, Mapping):
        return [f"{names.place(('sources',))}: must be a table; write [sources] and one line for each key"]
    keys = dict(_keys(raw))
    faults = []
    for key, path in _leaves(raw):
        if key not in _NO_SOURCE and not any(above in sources for above in _upwards(key)):
            faults.append(
                f'{names.place(path)}: has no source; add `"{key}" = "…"` to [sources]: the place in the policy, '
                "or `default: why` where it is silent, or `law: where` where the law sets it"
            )
    for key, where in sources.items():
        place = names.place(("sources", key))
        if not isinstance(where, str) or not where.strip():
            faults.append(f"{place}: is empty; write the place in the policy")
        elif key in GROUPS:
            faults.append(f"{place}: covers a whole table; give each of its keys a source of its own")
        elif key not in keys:
            meant = near(key, keys)
            remedy = f"did you mean `{meant}`?" if meant else "remove it"
            faults.append(f"{place}: names no key of this file; {remedy}")
    return faults


def _upwards(key: str) -> Iterator[str]:
    parts = key.split(".")
    for end in range(len(parts), 0, -1):
        above = ".".join(parts[:end])
        if above not in GROUPS:
            yield above


def _leaves(raw: Mapping[str, Any]) -> Iterator[Found]:
    return ((key, path) for key, path, leaf in _walk(raw) if leaf)


def _keys(raw: Mapping[str, Any]) -> Iterator[Found]:
    for key, path, _ in _walk(raw):
        parts = key.split(".")
        for end in range(1, len(parts) + 1):  # `register.pm` is a key too: all windows of the afternoon
            yield ".".join(parts[:end]), path


def _walk(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str | int, ...], bool]]:
    for key, value in raw.items():
        if key != "sources":
            yield from _below(key, (key,), value)


def _below(key: str, path: tuple[str | int, ...], value: Any) -> Iterator[tuple[str, tuple[str | int, ...], bool]]:
    if isinstance(value, Mapping) and value:
        yield key, path, False
        for name, inner in value.items():
            yield from _below(f"{key}.{name}", (*path, name), inner)
    elif isinstance(value, Sequence) and value and all(isinstance(item, Mapping) for item in value):
        yield key, path, False
        for number, item in enumerate(value):
            yield from _below(f"{key}.{element_name(key, number, item)}", (*path, number), item)
    else:
        yield key, path, True


def element_name(key: str, number: int, item: Mapping[str, Any]) -> str:
    """How an element of an array is called: a register by session, group and years, a stage by its id, else 1, 2, 3."""
    if key == "stage" and item.get("id"):
        return str(item["id"])
    if key == "register":
        try:
            return RegisterWindow.model_validate(item).label
        except ValueError:
            return str(number + 1)
    return str(number + 1)
