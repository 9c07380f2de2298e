"""Letters as PDF, set by typst from templates under `templates/letters/`.

The same data gives the same bytes: only the fonts that come with typst are used, and the file carries no time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from messaging.paths import templates_root

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
PDF = "application/pdf"


class LetterFault(ValueError):
    """The template cannot be set with this data; the message says what typst made of it."""


def pdf(template: str, data: Mapping[str, Any], root: Path | None = None) -> bytes:
    """The letter as a PDF file. `template` is a file name without `.typ`. Takes some tens of milliseconds of CPU.

    Raises LetterFault.
    """
    folder = root if root is not None else templates_root() / "letters"
    try:
        made = typst.compile(
            str(folder / f"{template}.typ"),
            root=str(folder),
            font_paths=[],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            timestamp=int(NO_TIME.timestamp()),
        )
    except (RuntimeError, typst.TypstError) as error:
        raise LetterFault(f"{template}.typ cannot be set: {error}") from error
    if not isinstance(made, bytes):
        raise LetterFault(f"{template}.typ was not set as one PDF file.")
    return made
