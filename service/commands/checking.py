"""Commands that ask the world outside: channels check."""

from __future__ import annotations

import asyncio

import typer

channels = typer.Typer(help="The ways in and out: texts, e-mail, Telegram.", no_args_is_help=True)


@channels.callback()
def _channels() -> None:
    """A group by itself, so that `check` is a word of its own."""


@channels.command("check")
def check() -> None:
    """Try the credentials and the webhook of every configured channel; say what is wrong and how to mend it.

    Sends nothing. Ends with 0 when everything works, else with 1.
    """
    from service.channel_checks import check_channels
    from service.settings import load

    found = asyncio.run(check_channels(load()))
    for one in found:
        typer.echo(f"{one.channel:<10} {'works' if one.good else 'WRONG'}  {one.says}")
    if not all(one.good for one in found):
        raise typer.Exit(1)
