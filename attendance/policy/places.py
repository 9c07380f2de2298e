"""Where a key of a TOML file stands: its line, so that a fault can be found in an editor.

`tomllib` gives values without places. This reads headers, keys and the elements of arrays written over several lines;
what it does not find is given the line of the key around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = r"[A-Za-z0-9_-]+"
_PART = rf"(?:{_BARE}|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_STRING = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'')

Path = tuple[str | int, ...]


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of every key and array element that could be found, by path; array places count from 0."""
    places: dict[Path, int] = {}
    table: Path = ()
    count: dict[Path, int] = {}
    open_key: Path = ()
    depth, element, quote = 0, -1, ""
    for number, line in enumerate(text.splitlines(), 1):
        if quote:
            quote = "" if quote in line else quote
            continue
        bare = _without_strings(line)
        if depth == 0:
            if header := _HEADER.match(line):
                table = tuple(_parts(header[2]))
                if header[1] == "[[":
                    count[table] = count.get(table, -1) + 1
                    places.setdefault(table, number)
                    table = (*table, count[table])
                places.setdefault(table, number)
                continue
            if not (found := _KEY.match(line)):
                continue
            open_key, element = (*table, *_parts(found[1])), -1
            places.setdefault(open_key, number)
            bare = _without_strings(line[found.end() :])
        for letter in bare:
            if letter in "[{":
                if depth == 1:
                    element += 1
                    places.setdefault((*open_key, element), number)
                depth += 1
            elif letter in "]}":
                depth = max(depth - 1, 0)
        quote = next((mark for mark in ('"""', "'''") if bare.count(mark) % 2), "")
    return places


def line_for(places: dict[Path, int], path: Sequence[str | int]) -> int | None:
    """The line of a path, or of the nearest key around it."""
    for end in range(len(path), 0, -1):
        found = places.get(tuple(path[:end]))
        if found is not None:
            return found
    return None


def _parts(dotted: str) -> Iterator[str]:
    return (part.strip("\"'") for part in re.findall(_PART, dotted))


def _without_strings(line: str) -> str:
    plain = _STRING.sub(lambda found: found[0] if len(found[0]) == 3 and found[0][0] * 3 == found[0] else "", line)
    return plain.split("#", 1)[0]
