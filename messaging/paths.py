"""Where the wording lies: in the repository's `templates/`, or inside the installed package."""

from __future__ import annotations

from pathlib import Path


class WordingMissing(FileNotFoundError):
    """Neither the repository nor the installed package holds the wording; the installation is broken."""


def templates_root() -> Path:
    """The folder that holds `messages/`. A wheel carries it as `messaging/_templates`. Raises WordingMissing."""
    here = Path(__file__).resolve().parent
    for root in (here / "_templates", here.parent / "templates"):
        if (root / "messages").is_dir():
            return root
    raise WordingMissing(
        f"No wording beside {here.name}: neither _templates/messages nor ../templates/messages is there. "
        "Install Firstcall again, from its wheel or from a whole checkout."
    )
