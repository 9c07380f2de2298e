"""Every value of a policy file has its place: `[sources]` maps a dotted key to it.

A source covers its key and all below it, but not a whole table of independent keys: `firstday.rounds` may be given as
one, `firstday` may not. Elements of arrays go by their name: `register.pm.lunch2.closes`, `stage.1a`, `unexplained.2`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attendance.policy.faults import Names
from attendance.policy.parts import RegisterWindow
from attendance.policy.words import near

GROUPS = frozenset("school registers report firstday brake ncode late leave la evidence retention".split())
"""Tables of independent keys: each key has a source of its own."""

_NO_SOURCE = frozenset({"school.key"})

WHERE = "the place in the policy, or `default: why` where it is silent, or `law: where` where the law sets it"

Found = tuple[str, tuple[str | int, ...]]
Node = tuple[str, tuple[str | int, ...], bool]
"""A key, its path, and whether it is a value (and no table or array of tables)."""


def source_faults(raw: Mapping[str, Any], names: Names, unknown: Collection[tuple[str | int, ...]] = ()) -> list[str]:
    """Keys without a source, sources without a key, empty sources. `raw` is the file as TOML gives it.

    One thing that is wrong is one fault: keys that are not known here (`unknown`: their paths) are told of elsewhere,
    and a whole table or array without any source is named once.
    """
    sources = raw.get("sources")
    if sources is None:
        return [f"{names.file}: there is no table [sources]; add it, with a line for each key: {WHERE}"]
    if not isinstance(sources, Mapping):
        return [f"{names.place(('sources',))}: must be a table; write [sources] and one line for each key"]
    nodes = [node for node in _walk(raw) if not any(node[1][: len(path)] == tuple(path) for path in unknown)]
    faults = _without_source(nodes, sources, names)
    keys = dict(_keys(nodes))
    misspelt = {str(path[-1]) for path in unknown}
    for key, where in sources.items():
        place = names.place(("sources", key))
        if not isinstance(where, str) or not where.strip():
            faults.append(f"{place}: is empty; write the place in the policy")
        elif key in GROUPS:
            faults.append(f"{place}: covers a whole table; give each of its keys a source of its own")
        elif key not in keys and not any(part in misspelt or near(part, misspelt) for part in key.split(".")):
            meant = near(key, keys)
            remedy = f"did you mean `{meant}`?" if meant else "remove it"
            faults.append(f"{place}: names no key of this file; {remedy}")
    return faults


def _without_source(nodes: Sequence[Node], sources: Mapping[str, Any], names: Names) -> list[str]:
    """A fault for each key without a source: the highest table or array that has none below it either."""
    paths = {key: path for key, path, _ in nodes}
    bare = [key for key, _, leaf in nodes if leaf and key not in _NO_SOURCE and not _covered(key, sources)]
    sourced = {above for key in sources for above in _above(key)}
    sourced |= {above for key, _, leaf in nodes if leaf and _covered(key, sources) for above in _above(key)}
    told: dict[str, list[str]] = {}
    for key in bare:
        highest = next(above for above in reversed(_above(key)) if above in paths and above not in sourced)
        told.setdefault(highest, []).append(key)
    faults = []
    for key, below in told.items():
        place = names.place(paths[key])
        if key in GROUPS:
            listed = ", ".join(one.removeprefix(f"{key}.") for one in below)
            faults.append(f"{place}: has no source for any of its keys ({listed}); add a line for each to [sources]")
        else:
            faults.append(f'{place}: has no source; add `"{key}" = "…"` to [sources]: {WHERE}')
    return faults


def _covered(key: str, sources: Mapping[str, Any]) -> bool:
    return any(above in sources for above in _above(key) if above not in GROUPS)


def _above(key: str) -> list[str]:
    """The key and everything that it lies in, the key first."""
    parts = key.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _keys(nodes: Iterable[Node]) -> Iterator[Found]:
    for key, path, _ in nodes:
        for above in _above(key):  # `register.pm` is a key too: all windows of the afternoon
            yield above, path


def _walk(raw: Mapping[str, Any]) -> Iterator[Node]:
    for key, value in raw.items():
        if key != "sources":
            yield from _below(key, (key,), value)


def _below(key: str, path: tuple[str | int, ...], value: Any) -> Iterator[Node]:
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
        named = {key: item[key] for key in ("session", "group", "years") if key in item}
        try:  # by its name alone: a time that is wrong is one fault, not one for each source beside it
            return RegisterWindow.model_validate({**named, "opens": "08:00", "closes": "08:30"}).label
        except ValueError:
            return str(number + 1)
    return str(number + 1)
