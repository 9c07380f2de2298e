"""Everything that we ask of Twilio, held against Twilio's own published description of its API.

It is not part of this project (2 MB, MIT, github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json): give its path
in TWILIO_OPENAPI.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from messaging.channel import Outgoing
from messaging.channels.sms import TwilioAccount, TwilioSms
from messaging.twilio_setup import faults_of
from tests.support.fake_twilio import SID, TOKEN, FakeTwilio

GIVEN = os.environ.get("TWILIO_OPENAPI", "")
NOW = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
SERVICE = "MG" + "a1" * 16

needs_description = pytest.mark.skipif(
    not Path(GIVEN).is_file(), reason="set TWILIO_OPENAPI to the path of twilio_api_v2010.json to run this"
)


class Description:
    """The published OpenAPI file, as much of it as forms and queries need."""

    def __init__(self, api: Mapping[str, Any]) -> None:
        self._api = api

    def faults(self, method: str, path: str, pairs: list[tuple[str, str]]) -> Iterator[str]:
        """What the description does not allow in one request."""
        found = next((one for one in self._api["paths"] if _matches(one, path)), None)
        if found is None or method.lower() not in self._api["paths"][found]:
            yield f"{method} {path} is not described"
            return
        operation = self._api["paths"][found][method.lower()]
        allowed, required = self._allowed(operation, "query" if method == "GET" else "form")
        names = [name for name, _ in pairs]
        yield from (f"{method} {found}: {name} is missing" for name in required if name not in names)
        for name, value in pairs:
            if name not in allowed:
                yield f"{method} {found}: {name} is not described"
            elif fault := self._value_fault(allowed[name], value):
                yield f"{method} {found}: {name} {fault}"

    def _allowed(self, operation: Mapping[str, Any], where: str) -> tuple[Mapping[str, Any], list[str]]:
        if where == "query":
            described = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
            needed = [one["name"] for one in described if one.get("required")]
            return {one["name"]: one["schema"] for one in described}, needed
        schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        return schema["properties"], schema.get("required", [])

    def _value_fault(self, schema: Mapping[str, Any], value: str) -> str:
        while "$ref" in schema:
            schema = self._api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "enum" in schema and value not in schema["enum"]:
            return f"is none of {schema['enum']}"
        if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
            return f"is not like {schema['pattern']}"
        match schema.get("type"):
            case "boolean" if value not in ("true", "false"):
                return "is no boolean"
            case "integer" if not re.fullmatch(r"-?\d+", value):
                return "is no integer"
            case _:
                return "is longer than allowed" if len(value) > schema.get("maxLength", len(value)) else ""


def _matches(described: str, path: str) -> bool:
    parts = re.split(r"\{[^}]+\}", described)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


@pytest.fixture(scope="module")
def description() -> Description:
    return Description(json.loads(Path(GIVEN).read_text("utf-8")))


def message(**more: Any) -> Outgoing:
    return Outgoing("m-1", "sms", "+447700900001", "Why is Amina away? Łukasz too.", **more)


async def ask_everything(twilio: FakeTwilio, account: TwilioAccount) -> None:
    """Each kind of request that the product makes."""
    sms = TwilioSms(account, lambda: NOW)
    try:
        await sms.send(message())
        await sms.send(message(not_after=NOW + timedelta(hours=2), from_="+447700900000"))
        await sms.find(message(), NOW)
        _ = [one async for one in sms.list_since(NOW - timedelta(hours=1))]
        sid = next(iter(twilio.messages))
        await sms.receipt_of("m-1", sid)
        await sms.blank(sid)
    finally:
        await sms.close()
    await faults_of(account)


@needs_description
@pytest.mark.parametrize(
    "more",
    [{"sender": "+447700900000"}, {"messaging_service": SERVICE}, {"sender": "+447700900000", "discard_content": True}],
    ids=["number", "service", "nothing kept there"],
)
async def test_every_request_is_as_twilio_describes_it(description: Description, more: Mapping[str, Any]) -> None:
    async with FakeTwilio() as twilio:
        twilio.services[SERVICE] = {"inbound_request_url": "https://absence.school.example/twilio/sms"}
        account = TwilioAccount(
            sid=SID, token=TOKEN, api_url=twilio.url, public_url="https://absence.school.example", **more
        )
        await ask_everything(twilio, account)
        asked = [one for one in twilio.seen if one[1].startswith("/2010-04-01/")]
        kinds = {(method, re.sub(r"[A-Z]{2}[0-9a-f]{32}", "*", path)) for method, path, _ in asked}
    assert len(kinds) >= 5, kinds
    assert [fault for one in asked for fault in description.faults(*one)] == []


@needs_description
def test_what_is_wrong_is_found(description: Description) -> None:
    path = f"/2010-04-01/Accounts/{SID}/Messages.json"
    good = [("To", "+447700900001"), ("Body", "x"), ("From", "+447700900000")]
    assert list(description.faults("POST", path, good)) == []
    wrong = [("Body", "x"), ("SmartEncoded", "False"), ("ContentRetention", "none"), ("Colour", "red"),
             ("MessagingServiceSid", "MG1")]  # fmt: skip
    found = " ".join(description.faults("POST", path, wrong))
    for word in ("To is missing", "is no boolean", "is none of", "Colour is not described", "is not like"):
        assert word in found
