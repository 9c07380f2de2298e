"""What is done once before a service starts: the newest tables, and senders for every school."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from service.channels import mail_sender
from service.database import open_at, reach
from service.faults import UserFault
from service.settings import Settings
from storage import migrate, schools


async def prepare(settings: Settings) -> None:
    """Bring the database up to date and see that every school can send. Raises UserFault."""
    async with open_at(settings) as database:
        await reach(database)
        await migrate.upgrade(database)
        async with database.begin() as db:
            ids = await schools.ids(db)
            if not ids:
                raise UserFault("There is no school in the database yet; run `firstcall init` first")
            for school_id in ids:
                await _text_sender(db, school_id, settings, alone=len(ids) == 1)
                await _chat_sender(db, school_id, settings)
                await _mail_sender(db, school_id, settings)


async def _text_sender(db: AsyncConnection, school_id: str, settings: Settings, *, alone: bool) -> None:
    known = await schools.sender_of(db, school_id, "sms")
    if alone and known != settings.twilio_sender:
        await schools.add_sender(db, school_id, "sms", settings.twilio_sender)
    elif known is None:
        raise UserFault(f"School {school_id} has no number to text from; run `firstcall init` for it again")


async def _chat_sender(db: AsyncConnection, school_id: str, settings: Settings) -> None:
    ours = settings.telegram_bot
    if ours and await schools.sender_of(db, school_id, "telegram") != ours:
        await schools.add_sender(db, school_id, "telegram", ours)


async def _mail_sender(db: AsyncConnection, school_id: str, settings: Settings) -> None:
    if await schools.sender_of(db, school_id, "email") is not None:
        return
    if ours := mail_sender(settings):
        await schools.add_sender(db, school_id, "email", ours)
    elif settings.imap_url.get_secret_value():
        raise UserFault(
            f"School {school_id} has no address to answer e-mails from; run `firstcall init` for it again "
            "with --email-from, or take IMAP_URL out"
        )
