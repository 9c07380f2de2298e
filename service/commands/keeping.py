"""Commands about what is kept: import, export, call-sheet, backup, retention."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.faults import UserFault

if TYPE_CHECKING:
    from service.importing import Report
    from service.runner import Runner

SOME_REFUSED = 1
"""The exit status when some of a file was taken and some not; 2 is nothing."""
File = Annotated[str, typer.Argument(help="A CSV file, or - for standard input.", metavar="FILE")]
WhichSchool = Annotated[str, typer.Option("--school", help="Which school, where the database has several.")]
Out = Annotated[str, typer.Option("-o", "--output", help="A file, or - for standard output.", metavar="FILE")]

importing = typer.Typer(help="Take people, staff or marks in from a CSV file.", no_args_is_help=True)
exporting = typer.Typer(help="Write marks out as CSV.", no_args_is_help=True)


@importing.command("people")
def import_people(
    file: File,
    school: WhichSchool = "",
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="The file may take more than a tenth of the pupils off roll.")
    ] = False,
) -> None:
    """Take over the full list of pupils and contacts. A file with one error changes nothing."""
    from service import importing as doing

    _take(school, file, lambda runner, id, data: doing.import_people(runner, id, data, allow_shrink=allow_shrink))


@importing.command("staff")
def import_staff(file: File, school: WhichSchool = "") -> None:
    """Take over the full list of staff. A file with one error changes nothing."""
    from service import importing as doing

    _take(school, file, doing.import_staff)


@importing.command("marks")
def import_marks(file: File, school: WhichSchool = "") -> None:
    """Take over marks of the school's own register. Wrong lines are refused one by one; then the exit status is 1."""
    from service import importing as doing

    _take(school, file, doing.import_marks)


@exporting.command("marks")
def export_marks(
    school: WhichSchool = "",
    day: Annotated[str, typer.Option(metavar="DAY", help="Such as 2026-11-16; today if left out.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="The last of several days.")] = "",
    output: Out = "-",
) -> None:
    """Write the marks that count, ours beside the school's own: without it no code reaches the school's register."""
    first, last = _date("--day", day), _date("--until", until)
    if last is not None and (first is None or last < first):
        raise UserFault("--until is the last day, and needs --day before it")
    write(output, asyncio.run(_export(school, first, last)))


async def _export(school: str, first: date | None, last: date | None) -> str:
    from service import importing as doing
    from service.for_a_command import opened

    async with opened(school) as (runner, school_id):
        return await doing.export_marks(runner, school_id, first, last)


def call_sheet(
    school: WhichSchool = "",
    output: Annotated[
        str, typer.Option("-o", "--output", help="A file that ends in .pdf or .html, or - for standard output.")
    ] = "",
    html: Annotated[bool, typer.Option("--html", help="A page instead of a PDF, on standard output.")] = False,
) -> None:
    """Write the call sheet to print: whom to ring, in which order, and what was already sent.

    Without -o it goes where the output is led (firstcall call-sheet > sheet.pdf), and at a terminal to call-sheet.pdf.
    """
    target = output or ("-" if not sys.stdout.isatty() else f"call-sheet.{'html' if html else 'pdf'}")
    kind = "html" if html else Path(target).suffix.removeprefix(".") or "pdf"
    if kind not in ("pdf", "html"):
        raise UserFault(f"{target}: a call sheet is a .pdf or a .html file; choose such a name")
    write(target, asyncio.run(_call_sheet(school, as_page=kind == "html")))
    if target != "-":
        print(f"{target}: open it and print it.")


async def _call_sheet(school: str, as_page: bool) -> str | bytes:
    from office.sheet import call_sheet as sheet
    from office.sheet import call_sheet_pdf as paper
    from service.for_a_command import opened

    async with opened(school) as (runner, school_id):
        known = await runner.school(school_id)
        async with runner.database.read() as db:
            render = sheet.render if as_page else paper.render
            return await render(db, known, runner.clock.now())


def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; must not be there yet.", metavar="FILE")],
) -> None:
    """Copy the database while the service runs. For PostgreSQL it says which command does that."""
    from service.backing_up import back_up
    from service.settings import load

    print(back_up(load(), file))


def retention(
    school: WhichSchool = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what is older than the policy keeps it, and change nothing.")
    ] = False,
) -> None:
    """Let go of what is older than the policy keeps it, now instead of tonight. The running service does it."""
    for line in asyncio.run(_retention(school, dry_run=dry_run)):
        print(line)


async def _retention(school: str, *, dry_run: bool) -> list[str]:
    from service import retention as keeping
    from service.for_a_command import opened

    async with opened(school) as (runner, school_id):
        known = await runner.school(school_id)
        lines = keeping.periods(known.policy.retention, runner.clock.now())
        found = await runner.turn(school_id, keeping.would_go)
        lines += [f"{what}: {number}" for what, number in found.items() if number] or ["nothing is older than that"]
        if not dry_run and any(found.values()):
            await runner.turn(school_id, keeping.bring_forward)
            lines.append("The running service lets go of it within a minute.")
        return lines


def _take(school: str, file: str, doing: Callable[[Runner, str, bytes], Awaitable[Report]]) -> None:
    data = read(file)

    async def work() -> Report:
        from service.for_a_command import opened

        async with opened(school) as (runner, school_id):
            return await doing(runner, school_id, data)

    report = asyncio.run(work())
    for line in report.lines:
        print(line)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    for line in report.refused:
        print(f"refused: {line}", file=sys.stderr)
    if report.refused:
        raise typer.Exit(SOME_REFUSED)


def _date(option: str, given: str) -> date | None:
    """A day as an option says it; None where it was left out. Raises UserFault."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UserFault(f"{option}: `{given}` is no day; write year, month and day, as 2026-11-16") from None


def read(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises UserFault."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UserFault(f"{file}: cannot be read ({error.strerror}); give the path of a file") from error


def write(file: str, content: str | bytes) -> None:
    """Write to a file, whole or not at all, or to standard output for `-`. Raises UserFault."""
    data = content.encode() if isinstance(content, str) else content
    if file == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    beside = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(data)
        beside.replace(path)
    except OSError as error:
        raise UserFault(f"{file}: cannot be written ({error.strerror}); choose a folder that is yours") from error
