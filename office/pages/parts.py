"""A page made of parts that can be sent one by one, so that an open page changes only where something changed.

A page has lists; a list holds parts in order; a part is one element with an id and a print of its content. A browser
that says which prints it has is sent the order and the parts that differ (`office/static/live.js` puts them in).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b

from office import wording

CSRF_PLACE = "csrf-of-whoever-looks"
"""Stands in a shared part where the form token of whoever looks at it comes."""
PRINT_PLACE = "print-of-this-part"
SOON_SECONDS = 300
LATE = " (late)"
_CLOCK = re.compile(r'<p class="((?:clock )?)countdown" data-at="(\d+)"><b></b>')
_DUE = re.compile(r'(<span class="quiet due" data-at="(\d+)">[^<]*<b>)(</b>)')


@dataclass(frozen=True, slots=True)
class Part:
    """One element. `html` is what it is for everybody; `print` names its content in ten letters."""

    id: str
    html: str
    print: str

    @classmethod
    def of(cls, id: str, html: str) -> Part:
        """A part out of a template's text, in which PRINT_PLACE stands where the print comes."""
        mark = blake2b(html.encode(), digest_size=5).hexdigest()
        return cls(id, html.replace(PRINT_PLACE, mark, 1), mark)


@dataclass(frozen=True)
class PageParts:
    """Every list of a page."""

    lists: Mapping[str, tuple[Part, ...]]

    @cached_property
    def by_id(self) -> Mapping[str, Part]:
        """The parts by their id."""
        return {part.id: part for parts in self.lists.values() for part in parts}

    @cached_property
    def order(self) -> dict[str, list[str]]:
        """What stands where, each with its print: what every patch says."""
        return {name: [f"{part.id}:{part.print}" for part in parts] for name, parts in self.lists.items()}

    def prints(self) -> dict[str, str]:
        """What a browser has that shows this page."""
        return {part.id: part.print for part in self.by_id.values()}

    def patch(self, have: Mapping[str, str], now: datetime) -> str:
        """As JSON: the order of everything, and the parts whose print is another one than the browser has."""
        parts = {part.id: part.html for part in self.by_id.values() if have.get(part.id) != part.print}
        return json.dumps({"now": stamp_of(now), "lists": self.order, "parts": parts}, ensure_ascii=False)


def have_of(text: str) -> dict[str, str]:
    """What a browser says that it has: `id:print`, one on each line."""
    return {id: mark for line in text.split() if ":" in line for id, mark in [line.rsplit(":", 1)]}


def stamp_of(moment: datetime) -> int:
    """Seconds since 1970: what clocks on a page count to."""
    return int(moment.timestamp())


def for_reader(text: str, csrf: str) -> str:
    """A shared part or patch, as one browser may have it."""
    return text.replace(CSRF_PLACE, csrf)


def with_clocks(html: str, now: datetime) -> str:
    """The clocks of a page filled in; a browser with a script goes on counting by itself."""

    def fill(found: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(found[2]), UTC)
        soon = " soon" if (at - now).total_seconds() <= SOON_SECONDS else ""
        return f'<p class="{found[1]}countdown{soon}" data-at="{found[2]}"><b>{wording.minutes(at, now)}</b>'

    def late(found: re.Match[str]) -> str:
        return f"{found[1]}{LATE if int(found[2]) < stamp_of(now) else ''}{found[3]}"

    return _DUE.sub(late, _CLOCK.sub(fill, html))


def joined(parts: Iterable[Part]) -> str:
    """The parts of a list as one piece of a page."""
    return "".join(part.html for part in parts)
