"""What a running service does by itself: its loops, by what the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from messaging.channel import Channel
from messaging.channels.sms import TwilioSms
from service.channels import fetchers_of, file_limits
from service.incoming.catching_up import CatchUp
from service.incoming.photo_fetching import Photos
from service.loops import Loop
from service.outgoing.blanking import Blanking
from service.outgoing.missed_receipts import MissedReceipts
from service.service import Service

IDLE = 0.5
"""Seconds after which a loop looks again although nobody rang: another process may have made work."""


def loops_of(service: Service, channels: Mapping[str, Channel]) -> list[Loop]:
    """What a running service does by itself."""
    runner, sms, telegram = service.runner, channels.get("sms"), channels.get("telegram")

    async def soon() -> float:
        return IDLE

    async def until_next() -> float:
        due = await runner.next_due()
        if due is None:
            return IDLE
        return min(IDLE, max(0.01, (due - service.clock.now()).total_seconds()))

    loops = [
        Loop("inbox", runner.step_inbox, soon),
        Loop("timers", runner.step_timers, until_next),
        Loop("relay", runner.step_relay, until_next),
    ]
    if isinstance(sms, TwilioSms):
        catching_up = CatchUp(service, sms)
        loops.append(Loop("catch_up", catching_up.step, catching_up.wait))
        missed = MissedReceipts(runner, sms, service.clock)
        loops.append(Loop("receipts", missed.step, missed.wait))
        if keep := service.settings.twilio_keep_days:
            blanking = Blanking(service.database, sms, service.clock, timedelta(days=keep))
            loops.append(Loop("blanking", blanking.step, blanking.wait))
    fetchers = fetchers_of(channels)
    if fetchers:
        looking = Photos(runner, fetchers, file_limits(service.settings))
        loops.append(Loop("photos", looking.step, looking.wait))
    if service.mail_in is not None:
        loops.append(Loop("mail", service.mail_in.step, service.mail_in.wait))
    if telegram is not None:
        loops.append(_hearing_telegram(service, telegram))
    return loops


def _hearing_telegram(service: Service, telegram: Channel) -> Loop:
    from messaging.channels.telegram import TelegramChats
    from service.incoming.telegram_poller import Poller
    from service.outgoing.webhook_keeper import WebhookKeeper

    assert isinstance(telegram, TelegramChats)
    settings, failed = service.settings, partial(service.meters.failed, "telegram", "in", "retry")
    if settings.telegram_is_polled:
        poller = Poller(telegram, settings.telegram_bot, service.database, service.receive, service.clock, failed)
        return Loop("telegram", poller.step, poller.wait)
    secret = settings.telegram_webhook_secret.get_secret_value()
    keeper = WebhookKeeper(telegram, settings.public_url, secret, service.clock, failed)
    return Loop("telegram", keeper.step, keeper.wait)
