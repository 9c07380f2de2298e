"""A table as a CSV file to be downloaded; no cell of it runs as a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi.responses import Response


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer with the file `firstcall-{name}.csv`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    named = f'attachment; filename="firstcall-{name}.csv"'
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": named})


def _cell(value: object) -> object:
    """What other people wrote is quoted where a spreadsheet would run it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
