"""Commands that need no database and no account: understand, check-policy, simulate, demo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from attendance.calendar import SchoolCalendar
    from attendance.policy import Policy


def understand(
    calendar: Annotated[
        Path | None, typer.Option(help="The school's calendar (JSON with terms and closed_days).", metavar="FILE")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what each layer saw, and why.")] = False,
) -> None:
    """Read messages from standard input (JSON Lines) and write what each of them means."""
    from service.understanding_stream import read_calendar, run

    known = read_calendar(calendar)
    raise typer.Exit(run(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, known, explain))


def check_policy(
    file: Annotated[Path, typer.Argument(help="A school's policy, such as policies/schools/blue-coat.toml.")],
) -> None:
    """Say that a school's policy is sound, or what is wrong in it and where."""
    from attendance.calendar import CalendarFault
    from attendance.leave.assessments import warnings as assessment_warnings
    from attendance.paths import DataMissing
    from attendance.policy import PolicyFault, calendar_of, load_policy, notes, warnings
    from service.faults import UserFault

    try:
        policy = load_policy(file)
        calendar = calendar_of(policy, own_root(file))
    except PolicyFault as fault:
        raise UserFault([_verdict(file, len(fault.faults)), *fault.faults]) from fault
    except (DataMissing, CalendarFault) as fault:
        raise UserFault([_verdict(file, 1), f"{file.name}: school.calendar: {fault}"]) from fault
    found, silent = [*warnings(policy), *_of_wording(policy, calendar)], notes(policy)
    found += assessment_warnings(policy.leave.flags, calendar)
    look = f" {len(found)} warnings to look at, {len(silent)} defaults where the policy is silent."
    print(f"{file.name}: the policy of {policy.name} is sound.{look}")
    for warning in found:
        print(f"warning: {warning}")
    for note in silent:
        print(f"note: {note}")


def _of_wording(policy: Policy, calendar: SchoolCalendar) -> list[str]:
    from attendance.calendar import local
    from messaging.wording import wording
    from service.clock import SystemClock
    from service.wording_checks import wording_warnings

    return wording_warnings(policy, calendar, wording(), local(SystemClock().now()).date())


def _verdict(file: Path, faults: int) -> str:
    return f"{file.name}: the policy cannot be used; it has {'one fault' if faults == 1 else f'{faults} faults'}."


def own_root(file: Path) -> Path | None:
    """The folder that a school's own policies and calendars share, or None where the calendars are the bundled ones."""
    root = file.resolve().parent.parent
    return root if (root / "calendars").is_dir() else None


def simulate(
    scenario: Annotated[Path, typer.Argument(help="A day written down, such as my-day.toml.", metavar="SCENARIO")],
) -> None:
    """Play a scenario on a clock that jumps, and print what happened as JSON Lines."""
    from service.rehearsal.simulation import run_file

    raise typer.Exit(run_file(scenario, sys.stdout, sys.stderr))


def demo(
    morning: Annotated[
        str, typer.Option(help="monday, quiet, flu, missing or outage; another one can be chosen on the page.")
    ] = "monday",
    headless: Annotated[bool, typer.Option("--headless", help="Run the morning to its end and print it.")] = False,
    host: Annotated[str, typer.Option(help="Where to listen; only this machine is sensible.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
) -> None:
    """Open the demo school: phones, the office board and a clock side by side. Needs no account anywhere."""
    import service.demo.showing as showing

    if headless:
        from rich.console import Console

        raise typer.Exit(showing.headless(Console(), morning))
    showing.serve(host, port, morning)
