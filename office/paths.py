"""Where the pages lie: in the repository's `templates/`, or inside the installed package."""

from __future__ import annotations

from pathlib import Path


class PagesMissing(FileNotFoundError):
    """Neither the repository nor the installed package holds the pages; the installation is broken."""


STATIC = Path(__file__).resolve().parent / "static"


def pages_root() -> Path:
    """The folder of the office's templates. A wheel carries it as `office/_templates`. Raises PagesMissing."""
    here = Path(__file__).resolve().parent
    for root in (here / "_templates", here.parent / "templates" / "office"):
        if (root / "page.html").is_file():
            return root
    raise PagesMissing(
        "No pages beside office: neither _templates nor ../templates/office is there. "
        "Install Firstcall again, from its wheel or from a whole checkout."
    )
