"""From a template's name and values to the words that leave, with what they cost.

Templates lie in `templates/messages/<language>/<name>.txt` (Jinja). A value that a template needs and was not given is
an error, never an empty place in a parent's text. What each template needs stands in `templates/messages/README.md`.
The grammar at the end (names, days) is English, and is what templates use as filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from attendance import spoken as english
from attendance.spoken import day_words
from messaging.paths import templates_root
from messaging.segments import LONGEST, Segments, count, plain

FALLBACK = "en"
_VALUES = re.compile(r"\. [a-z_]+[,:.].*$")
"""Where a comment goes on to list the values that the template is given."""
_COMMENT = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)


class WordingFault(ValueError):
    """A template is missing, broken, or was not given what it needs; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Words:
    """What leaves: `text`, the template it came from, what it costs as a text, and what somebody should know of it.

    `subject` is for e-mail; None where the template sets none.
    """

    text: str
    template: str
    segments: int
    encoding: str
    warnings: tuple[str, ...] = ()
    subject: str | None = None


class Wording:
    """All templates under one folder, which holds a folder for each language.

    Templates run in a sandbox, because schools may bring their own. Values are cleaned of line breaks and of
    typographic look-alikes; letters are left as they are.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root if root is not None else templates_root() / "messages"
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._root),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            together=together,
            either=either,
            was_were=was_were,
            is_are=is_are,
            day_words=day_words,
            short_day=short_day,
            clock=clock,
        )

    def names(self, language: str = FALLBACK) -> tuple[str, ...]:
        """The templates that a language has, sorted."""
        return tuple(sorted(path.stem for path in (self._root / language).glob("*.txt")))

    def languages(self) -> tuple[str, ...]:
        """The languages that have a wording of their own, the one that others fall back to first."""
        own = {path.name for path in self._root.iterdir() if path.is_dir() and self.names(path.name)}
        return (FALLBACK, *sorted(own - {FALLBACK}))

    def purpose(self, template: str, language: str = FALLBACK) -> str:
        """When a template is used: the first line of the comment at its top, empty where there is none."""
        path = self._root / language / f"{template}.txt"
        comment = _COMMENT.match(path.read_text(encoding="utf-8")) if path.is_file() else None
        return _VALUES.sub(".", " ".join(comment.group(1).split("\n")[0].split())) if comment else ""

    def say(self, template: str, language: str = FALLBACK, **values: Any) -> Words:
        """Fill a template. A language without it falls back to English, with a warning. Raises WordingFault."""
        found, spoken = self._find(template, language)
        try:
            module = found.make_module({name: _clean(value) for name, value in values.items()})
        except UndefinedError as error:
            raise WordingFault(f"{template} needs a value that it was not given: {error.message}.") from error
        except (TemplateError, TypeError, ValueError) as error:
            raise WordingFault(f"{template} ({spoken}) cannot be filled: {error}") from error
        text = _tidy(str(module))
        if not text:
            raise WordingFault(f"{template} ({spoken}) came out empty; look at its conditions.")
        subject = getattr(module, "subject", None)
        cost = count(text)
        warnings = warn(text, cost)
        if spoken != language:
            warnings = (f"There is no wording of {template} in {language}; the English one was used.", *warnings)
        return Words(
            text, template, cost.count, cost.encoding, warnings, " ".join(str(subject).split()) if subject else None
        )

    def _find(self, template: str, language: str) -> tuple[Template, str]:
        for spoken in dict.fromkeys((language, FALLBACK)):
            try:
                return self._environment.get_template(f"{spoken}/{template}.txt"), spoken
            except TemplateNotFound:
                continue
            except TemplateError as error:
                raise WordingFault(f"{spoken}/{template}.txt is not a sound template: {error}") from error
        raise WordingFault(
            f"No wording is called {template}; there are {', '.join(self.names()) or 'none'} in {self._root.name}/."
        )


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The wording that Firstcall brings with it, read once."""
    return Wording()


def warn(text: str, cost: Segments) -> tuple[str, ...]:
    """What a member of staff should know before a text leaves: letters that cost more, and texts that are too long."""
    warnings = []
    if cost.doubling:
        letters = ", ".join(cost.doubling)
        if cost.count > 1:
            plainer = count("".join("x" if letter in cost.doubling else letter for letter in text)).count
            warnings.append(
                f"{letters}: not in the plain text alphabet, so it is charged as {cost.count}, not {plainer}."
            )
        else:
            warnings.append(
                f"{letters}: not in the plain text alphabet; beyond 70 characters the text is charged more."
            )
    if len(text) > LONGEST:
        warnings.append(f"{len(text)} characters, and no provider takes more than {LONGEST}; say less.")
    return tuple(warnings)


def _clean(value: Any) -> Any:
    """Words that come from outside stay on one line, and bring no hidden characters."""
    match value:
        case str():
            return " ".join("".join(c for c in plain(value) if c.isprintable() or c.isspace()).split())
        case Mapping():
            return {key: _clean(inner) for key, inner in value.items()}
        case list() | tuple():
            return tuple(_clean(inner) for inner in value)
        case _:
            return value


def _tidy(text: str) -> str:
    """No double spaces, no spaces at line ends, at most one empty line between paragraphs."""
    lines = [" ".join(line.split()) for line in plain(text).strip().splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept)


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    """A name alone counts as a list of one; a child named twice is one child only if the caller says so."""
    several = (names,) if isinstance(names, str) else tuple(names)
    if not any(several):
        raise WordingFault("A text that names children was given no name.")
    return several


def together(names: str | Sequence[str], word: str = "and") -> str:
    """First names as one says them: "Nina", "Nina and Maja", "Nina, Maja and Olek"."""
    return english.together(_several(names), word)


def either(names: str | Sequence[str]) -> str:
    """First names as a choice: "Nina or Maja"."""
    return together(names, "or")


def was_were(names: str | Sequence[str]) -> str:
    """ "was" for one child, "were" for several."""
    return "was" if len(_several(names)) == 1 else "were"


def is_are(names: str | Sequence[str]) -> str:
    """ "is" for one child, "are" for several."""
    return "is" if len(_several(names)) == 1 else "are"


def short_day(day: date) -> str:
    """A day with its date in few letters: "Thu 7 May". For texts that a network may deliver a day late."""
    return f"{day:%a} {day.day} {day:%b}"


def clock(at: time) -> str:
    """A time of day as a register has it: "09:40"."""
    return f"{at:%H:%M}"


def span_words(first_day: date, return_day: date | None, today: date) -> str:
    """An absence by its ends: "today, back Thursday", "from Wednesday 5 May, back Friday 7 May", "today"."""
    start = day_words(first_day, today)
    if return_day is None:
        return start
    return f"{start}, back {day_words(return_day, today)}"
