"""Where the data files of the rules live: `policies/` in the repository, `attendance/_policies` in an installed wheel.

Only this module knows the place. Reading bundled data is the only input or output that `attendance` does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


class DataMissing(RuntimeError):
    """The bundled data files are not there; the message names the places that were looked at and the remedy."""


@cache
def data_root() -> Path:
    """The folder that holds `schools/`, `codes/` and `calendars/`. Raises DataMissing."""
    places = (_HERE.parent / "policies", _HERE / "_policies")
    for place in places:
        if (place / "codes").is_dir():
            return place
    raise DataMissing(
        f"The folder `policies` with the code tables is missing (looked in {' and '.join(map(str, places))}); "
        "install Firstcall again, or run it from a complete copy of the repository."
    )


def read_data(relative: str, root: Path | None = None) -> str:
    """The text of one bundled file, such as `codes/england-2024.csv`. Raises DataMissing."""
    path = (root or data_root()) / relative
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataMissing(
            f"{path} cannot be read ({error.strerror}); put the file back or correct its name."
        ) from error
