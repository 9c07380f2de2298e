"""The command line `firstcall`. What a user can put right is said in one line each: status 2 and no traceback."""

from __future__ import annotations

import gc
import os
import sys
from logging import WARNING

import typer
from typer.core import TyperGroup

from service.commands import accounting, chatting, checking, keeping, starting, trying
from service.faults import UserFault
from service.logging import set_up

FEWER_COLLECTIONS = (20_000, 20, 20)
"""Thresholds of the garbage collector. Half a million objects are made at the start and stay: with Python's own
thresholds looking through them again and again is a fifth of the start."""


class Plainly(TyperGroup):
    """The commands, with a UserFault of any of them said plainly."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's Context is click's
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except UserFault as fault:
            for line in fault.lines:
                typer.echo(line, err=True)
            raise typer.Exit(fault.status) from fault


app = typer.Typer(
    name="firstcall",
    cls=Plainly,
    help="The messaging service of a school's attendance office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("init")(starting.init)
app.command("serve")(starting.serve)
app.command("add-staff-account")(starting.add_staff_account)
app.add_typer(accounting.account, name="account")
app.add_typer(keeping.importing, name="import")
app.add_typer(keeping.exporting, name="export")
app.add_typer(chatting.telegram, name="telegram")
app.add_typer(checking.channels, name="channels")
app.command("call-sheet")(keeping.call_sheet)
app.command("backup")(keeping.backup)
app.command("retention")(keeping.retention)
app.command("understand")(trying.understand)
app.command("check-policy")(trying.check_policy)
app.command("simulate")(trying.simulate)
app.command("demo")(trying.demo)


def main() -> None:
    """The entry point. Never returns."""
    gc.set_threshold(*FEWER_COLLECTIONS)
    os.umask(0o077)  # what we write is about children: for the owner's eyes
    set_up(level=WARNING)  # also where nothing is served: no fault shows a parent's words, or stands among our output
    try:
        app()
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    main()
