"""Store what a provider hands us before it is answered: messages with their files, and delivery receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import structlog

from messaging.channel import Receipt, Received
from messaging.receipts import NOT_ARRIVED
from service.incoming.in_context import OPT_OUT
from service.outgoing import relay
from service.turns.taking_turns import Turns
from storage import attachments, inbox, outbox
from storage.attachments import FileRow
from storage.inbox import InboxRow

log = structlog.get_logger("firstcall.storing")


@dataclass
class Storing:
    """The first thing that is done with whatever comes in."""

    turns: Turns
    _arrivals: Iterator[int] = field(default_factory=count)

    async def messages(self, messages: Sequence[Received]) -> list[bool]:
        """Store several in one transaction, in their order; for each whether it is new."""
        rows = [self._row(message) for message in messages]
        async with self.turns.database.begin() as db:
            new = await inbox.put_all(db, rows)
            files = [
                FileRow(row.inbox_id, number, one.name, one.media_type, len(one.data), one.data)
                for row, message in zip(rows, messages, strict=True)
                if row.inbox_id in new
                for number, one in enumerate(message.attachments, 1)
            ]
            if files:
                await attachments.add(db, files)
        return [row.inbox_id in new for row in rows]

    def _row(self, message: Received) -> InboxRow:
        now = self.turns.clock.now()
        return InboxRow(
            inbox_id=f"{int(now.timestamp() * 1_000_000):016x}-{next(self._arrivals):06x}-{self.turns.new_id()[-8:]}",
            channel=message.channel,
            provider_id=message.provider_id,
            our_address=message.our_address,
            their_address=message.their_address,
            text=message.text,
            received_at=min(message.sent_at, now) if message.sent_at else now,
            raw={**dict(message.raw), OPT_OUT: message.opt_out},
        )

    async def receipts(
        self, receipts: Sequence[Receipt], on_failure: Callable[[Receipt], None] | None = None
    ) -> list[bool]:
        """Take delivery receipts in, those of one school in one transaction; for each whether it told anything new."""
        new: dict[int, bool] = {}
        for school_id, places in (await self._schools_of(receipts)).items():
            told = [receipts[place] for place in places]
            moved = await self.turns.turn(school_id, partial(relay.receipts_came, receipts=told))
            new |= dict(zip(places, moved, strict=True))
        for place, receipt in enumerate(receipts):
            if new.get(place) and on_failure is not None and receipt.status in NOT_ARRIVED:
                on_failure(receipt)
        return [new.get(place, False) for place in range(len(receipts))]

    async def _schools_of(self, receipts: Sequence[Receipt]) -> dict[str, list[int]]:
        """Which school's messages they are about: the places of each in `receipts`."""
        found: dict[str, list[int]] = {}
        async with self.turns.database.read() as db:
            rows = await outbox.of_ids(db, [one.message_id for one in receipts if one.message_id])
            for place, receipt in enumerate(receipts):
                row = rows.get(receipt.message_id or "")
                if row is None and receipt.provider_id:
                    row = await outbox.by_provider_id(db, receipt.channel, receipt.provider_id)
                if row is None:
                    log.info("receipt_of_nobody", channel=receipt.channel)
                else:
                    found.setdefault(row.school_id, []).append(place)
        return found
