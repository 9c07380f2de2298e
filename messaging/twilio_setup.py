"""What Twilio says about our own account, number and Messaging Service: is it able to send, and where do replies go?

Asked by `firstcall channels check`, before a school goes live and when something is wrong. Sources: Twilio's Accounts,
IncomingPhoneNumbers (API 2010-04-01) and Services (Messaging v1) resources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from twilio.base.exceptions import (  # type: ignore[import-untyped]  # twilio has no type information
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.rest import Client  # type: ignore[import-untyped]  # twilio has no type information

from messaging.channels.sms import TwilioAccount
from messaging.twilio_http import MaybeSent, NotSent, TooMany, TwilioHttp

SMS_PATH: Final = "/twilio/sms"
TRIES: Final = "#rc=5&rp=all&rt=3000"
"""What the webhook's address should end with: Twilio's own default is one retry, and only of a failed connection."""
_CANNOT_BE_READ = (ValueError, TypeError, KeyError)


class CannotCheck(Exception):
    """Twilio did not say. The message says why and how to mend it, and carries no secret."""


async def faults_of(account: TwilioAccount) -> list[str]:
    """One line for each thing that is wrong at Twilio, with how to mend it. Raises CannotCheck."""
    http = TwilioHttp(account.time_limit, account.api_url)
    client = Client(account.sid, account.token, http_client=http)
    try:
        found = list(_account_faults(await client.api.accounts(account.sid).fetch_async()))
        if account.messaging_service:
            found += _service_faults(
                await client.messaging.v1.services(account.messaging_service).fetch_async(), account
            )
        if account.sender:
            numbers = await client.incoming_phone_numbers.list_async(phone_number=account.sender, limit=1)
            found += _number_faults(numbers, account)
    except (OSError, TwilioException, *_CANNOT_BE_READ) as error:
        raise CannotCheck(_why(error, account)) from error
    finally:
        await http.close()
    return found


def _account_faults(account: Any) -> Iterator[str]:
    if account.status != "active":
        yield f"the account is {account.status or 'in no known state'}; open Twilio's console, it says what is owed"
    if account.type == "Trial":
        yield "this is a trial account, which texts only numbers that you verified; upgrade it in Twilio's console"


def _number_faults(numbers: list[Any], account: TwilioAccount) -> Iterator[str]:
    if not numbers:
        yield "the account has no number like TWILIO_FROM; copy the number from Twilio's console, Phone Numbers"
        return
    number = numbers[0]
    if isinstance(number.capabilities, dict) and not number.capabilities.get("sms", True):
        yield "the number of TWILIO_FROM cannot text; buy one with SMS, and set TWILIO_FROM to it"
    if account.messaging_service:
        return  # the service says where texts go
    if number.sms_application_sid:
        yield f"a TwiML App takes the number's texts; in its Messaging settings choose Webhook and {_wanted(account)}"
    else:
        yield from _address_faults("the number", number.sms_url, number.sms_method, account)


def _service_faults(service: Any, account: TwilioAccount) -> Iterator[str]:
    if service.use_inbound_webhook_on_number:
        yield f"the Messaging Service defers to each number; under Integration choose a webhook, {_wanted(account)}"
    else:
        yield from _address_faults(
            "the Messaging Service", service.inbound_request_url, service.inbound_method, account
        )


def _address_faults(whose: str, url: str | None, method: str | None, account: TwilioAccount) -> Iterator[str]:
    wanted = _wanted(account)
    if not url:
        yield f"{whose} sends parents' texts nowhere; set its webhook for incoming messages to {wanted}"
    elif url.partition("#")[0] != wanted.partition("#")[0]:
        yield f"{whose} sends parents' texts to another place, at {urlsplit(url).hostname}; set its webhook to {wanted}"
    elif (method or "POST").upper() != "POST":
        yield f"{whose} calls its webhook by {method}; choose HTTP POST beside the address"
    elif "rc=" not in url or "rp=all" not in url:
        yield f"{whose} tries its webhook only twice; make its address {wanted}, so that a restart loses nothing"


def _wanted(account: TwilioAccount) -> str:
    return f"{(account.public_url or '').rstrip('/')}{SMS_PATH}{TRIES}"


def _why(error: Exception, account: TwilioAccount) -> str:
    match error:
        case NotSent():
            host = urlsplit(account.api_url or "https://api.twilio.com").hostname
            return f"Twilio cannot be reached at {host}; let this machine open https connections to it"
        case MaybeSent():
            return f"Twilio did not answer within {account.time_limit:.0f} s; try again, and see status.twilio.com"
        case TooMany():
            return "Twilio asks to wait (429); try again in a minute"
        case TwilioRestException(status=status) | TwilioServiceException(status=status):
            return _of_status(int(status or 0))
        case _:
            return f"Twilio's answer could not be read ({type(error).__name__}); TWILIO_API_URL may name another place"


def _of_status(status: int) -> str:
    match status:
        case 401 | 403:
            return (
                "Twilio refuses our sign-in; copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from its console "
                "(Account info), and see that the account is not suspended"
            )
        case 404:
            return "Twilio knows no such account or Messaging Service; copy their SIDs again from its console"
        case _ if status >= 500:
            return f"Twilio itself has trouble ({status}); try again, and see status.twilio.com"
        case _:
            return f"Twilio refuses the question ({status}); see TWILIO_API_URL and TWILIO_ACCOUNT_SID"
