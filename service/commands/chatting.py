"""Commands about chats: telegram invite, telegram check."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated

import typer

from service.faults import UserFault

telegram = typer.Typer(help="The school's Telegram bot.", no_args_is_help=True)
WhichSchool = Annotated[str, typer.Option("--school", help="Which school, where the database has several.")]


@telegram.command("invite")
def invite(
    who: Annotated[
        list[str], typer.Argument(help="Ids of contacts or of staff, as your lists have them.", metavar="ID")
    ],
    school: WhichSchool = "",
) -> None:
    """Text a link to each one's listed number: whoever opens it there gets our messages by Telegram.

    The link counts once, for seven days. The running service sends the texts, in quiet hours later.
    """
    asyncio.run(_invite(who, school))


async def _invite(who: list[str], school: str) -> None:
    from service.errors import CannotDo
    from service.for_a_command import opened
    from service.incoming import linking
    from service.settings import load
    from service.turns.turn import Turn

    bot = await _username()
    refused: list[str] = []
    async with opened(school, load()) as (runner, school_id):
        for one in who:
            token = secrets.token_urlsafe(24)

            async def work(turn: Turn, one: str = one, token: str = token) -> None:
                await linking.invite(turn, one, bot, token)

            try:
                await runner.turn(school_id, work)
            except CannotDo as fault:
                refused.append(str(fault))
    typer.echo(f"{len(who) - len(refused)} invited by text to t.me/{bot}")
    if refused:
        raise UserFault(refused, status=1)


@telegram.command("check")
def check() -> None:
    """Ask Telegram who the bot is, where it sends updates, how many wait, and what went wrong last."""
    for line in asyncio.run(_check()):
        typer.echo(line)


async def _check() -> list[str]:
    from messaging.channels.telegram import PATH, CannotAsk
    from service.channels import telegram_chats
    from service.clock import SystemClock
    from service.settings import load

    settings = load()
    name = await _username()
    chats = telegram_chats(settings, SystemClock())
    try:
        found = await chats.webhook()
    except CannotAsk as error:
        raise UserFault(f"Telegram could not be asked: {error}", status=1) from error
    finally:
        await chats.close()
    lines = [f"bot: t.me/{name}"]
    if settings.telegram_is_polled:
        lines.append(f"updates are polled{f', but are still sent to {found.url}' if found.url else ''}")
    else:
        lines.append(f"updates are sent to: {found.url or 'nowhere yet'}")
    ours = settings.public_url.rstrip("/") + PATH
    if found.url != ours and not settings.telegram_is_polled:
        lines.append(f"they should be sent to {ours}; `firstcall serve` sets that when it starts")
    lines.append(f"waiting at Telegram: {found.pending_update_count}")
    if found.last_error_message:
        lines.append(f"last trouble: {found.last_error_message}")
    return lines


async def _username() -> str:
    from messaging.channels.telegram import CannotAsk
    from service.channels import telegram_chats
    from service.clock import SystemClock
    from service.settings import load

    settings = load()
    if not settings.telegram_bot:
        raise UserFault("There is no bot: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET (docs/how-to/telegram.md)")
    try:
        chats = telegram_chats(settings, SystemClock())
    except ValueError as error:
        raise UserFault(str(error)) from error
    try:
        return await chats.username()
    except CannotAsk as error:
        raise UserFault(f"Telegram could not be asked: {error}", status=1) from error
    finally:
        await chats.close()
