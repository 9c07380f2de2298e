"""What every channel promises: the values that go out and come in, and the protocol between the relay and a provider.

A send has three answers, because "we do not know" is one of them. What is `Unknown` is looked up with `find`
before it is ever sent again: a second text is a small harm, a lost one is not, and a blind repeat is neither needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

RefusalKind = Literal[
    "bad_number",  # no such number or address: the office must correct it
    "not_a_mobile",  # a landline, or a network that takes no texts: ring it instead
    "opted_out",  # the person stopped this channel: another channel, and staff are told
    "blocked",  # the phone, its network or the route did not take this one; the number itself may be right
    "not_linked",  # the person is not on this channel (Telegram not linked, no WhatsApp)
    "ours_to_fix",  # our account, sender or settings: the operator must act
    "too_many",  # slow down and try again
    "down",  # the provider did not answer, and surely has nothing of it
    "content",  # these words (or their age) are not accepted; the same words will be refused again
]

OptOut = Literal["STOP", "START", "HELP"]

Status = Literal["queued", "sending", "unknown", "accepted", "sent", "delivered", "undelivered", "failed", "cancelled"]

LOOK_UP_AFTER = timedelta(seconds=30)
"""How long to wait after an `Unknown` before `find` may be trusted to say "surely not": a provider that was still
working on the request when our time limit ended has listed it by then. Twilio's own limit for a request is 15 s."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The e-mail that one of ours answers: its Message-ID and those before it, so that the thread stays one."""

    message_id: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press under a message. `data` comes back when it is pressed: an id, never words about a child."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to hand over. `message_id` is ours, and its receipts find their way back by it.

    `to` and `from_` are in the channel's own form: E.164 for SMS, an address for e-mail. `from_` None means the
    channel's configured sender. After `not_after` (aware UTC) the words are worth nothing and must not leave.

    Only chats know the next ones: `buttons`; `share`, the label of a button by which the reader hands over their own
    phone number; `edits`, the provider's id of an earlier message that these words replace; `wants_answer`, that
    the reader is to answer this very message.
    """

    message_id: str
    channel: str
    to: str
    text: str
    subject: str | None = None
    not_after: datetime | None = None
    from_: str | None = None
    answers: Answers | None = None
    buttons: tuple[Button, ...] = ()
    share: str = ""
    edits: str | None = None
    wants_answer: bool = False
    files: tuple[Attachment, ...] = ()
    """What goes along with an e-mail: a letter."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it, under `provider_id`. That is not yet "delivered", and never "seen"."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not take it, surely. `retry_in` is None when the same send can never work."""

    kind: RefusalKind
    advice: str  # what the office or the operator can do about it
    provider_code: str = ""
    retry_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The provider may or may not have it. `why` is for the log and carries no name, number or words.

    `may_repeat` is True where the provider can never be asked and a repeat does little harm (e-mail under the
    same Message-ID); otherwise look up with `find` first. `for_ever` is True where the provider can never be asked
    and a repeat would be read twice (a chat): the words are said another way instead.
    """

    why: str
    may_repeat: bool = False
    for_ever: bool = False


SendResult = Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message. `media_type` is what its bytes show, never what the sender says."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """One message that came in, with everything that the provider said about it in `raw`.

    `sent_at` is the provider's time (aware UTC), None where it gives none: then the time of arrival counts.
    `opt_out` is set when the provider has acted on the words itself (STOP: it blocks all that we send there).
    """

    channel: str
    provider_id: str
    our_address: str
    their_address: str
    text: str
    sent_at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    opt_out: OptOut | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider says became of a message. `message_id` is our own id when the provider carried it back.

    `status` is one of our words; `provider_status` is the provider's. Look up by `message_id` first: a receipt can
    arrive before our own request has returned, when nobody knows the provider's id yet.
    """

    channel: str
    message_id: str | None
    provider_id: str | None
    status: Status
    error_code: str | None = None
    provider_status: str = ""


class Channel(Protocol):
    """One way out. Limits, opt-outs and status codes of the provider stay inside the adapter."""

    @property
    def name(self) -> str:
        """`sms`, `email`, `telegram` …: the word used in policies, in scenarios and in the database."""
        ...

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over one message, once. Never raises for what a provider does."""
        ...

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """Was it taken after all, at or after `since` (aware UTC)? None means surely not; Unknown: ask again later.

        Ask no sooner than LOOK_UP_AFTER after the send.
        """
        ...

    async def close(self) -> None:
        """Give back connections. The channel cannot be used afterwards."""
        ...
