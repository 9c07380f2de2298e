"""Signatures first, then what the forms say. The payloads are as Twilio's pages and its validator have them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.webhooks import Incomplete, form_pairs, parse_sms, parse_status, verify

PUBLIC = "https://school.example"
PATH = "/twilio/sms?s=1"
TOKEN = "current-token"
OLD = "previous-token"

INBOUND = (
    b"ToCountry=GB&ToState=&SmsMessageSid=SM0123456789abcdef0123456789abcdef&NumMedia=0&ToCity=&FromZip="
    b"&SmsSid=SM0123456789abcdef0123456789abcdef&FromState=&SmsStatus=received&FromCity=&Body=Mo+is+poorly%2C+back+tmrw"
    b"+%F0%9F%98%B7&FromCountry=GB&To=%2B447700900999&ToZip=&NumSegments=1&MessagingServiceSid=MG0"
    b"&MessageSid=SM0123456789abcdef0123456789abcdef&AccountSid=AC0&From=%2B447700900123&ApiVersion=2010-04-01"
)
STATUS = (
    b"ErrorCode=30005&ApiVersion=2010-04-01&MessageStatus=undelivered&SmsSid=SM1&SmsStatus=undelivered"
    b"&To=%2B447700900123&From=%2B447700900999&MessageSid=SM1&AccountSid=AC0"
)


def signed(url: str, pairs: list[tuple[str, str]], token: str = TOKEN, digest: str = "sha1") -> str:
    """Twilio's rule, written out: the address, then each name and value, sorted; HMAC; base64."""
    words = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), words.encode(), digest).digest()).decode()


PAIRS = form_pairs(INBOUND)
GOOD = signed(PUBLIC + PATH, PAIRS)


def test_a_good_signature_by_the_current_and_by_the_previous_token() -> None:
    assert verify(PUBLIC, PATH, PAIRS, GOOD, [TOKEN, OLD])
    assert verify(PUBLIC, PATH, PAIRS, signed(PUBLIC + PATH, PAIRS, OLD), [TOKEN, OLD])
    assert verify(PUBLIC + "/", PATH, PAIRS, GOOD, [TOKEN])
    assert verify(PUBLIC, PATH, list(reversed(PAIRS)), GOOD, [TOKEN, None])


def test_a_port_in_the_address_or_not() -> None:
    assert verify(PUBLIC, PATH, PAIRS, signed("https://school.example:443" + PATH, PAIRS), [TOKEN])
    assert verify(
        "https://school.example:8443", PATH, PAIRS, signed("https://school.example:8443" + PATH, PAIRS), [TOKEN]
    )


@pytest.mark.parametrize(
    ("signature", "why"),
    [
        (None, "missing"),
        ("", "empty"),
        ("   ", "blank"),
        ("not base64 at all", "nonsense"),
        ("ünïcode", "not ASCII"),
        (GOOD[:-4] + "AAA=", "another"),
        (signed(PUBLIC + PATH, PAIRS, "somebody's token"), "another token"),
        (signed("http://school.example" + PATH, PAIRS), "the address behind the proxy"),
        (signed(PUBLIC + "/twilio/sms/?s=1", PAIRS), "a slash more"),
        (signed(PUBLIC + PATH, [pair for pair in PAIRS if pair[1]]), "blank fields dropped"),
        (signed(PUBLIC + PATH, PAIRS, ""), "an empty token"),
    ],
    ids=lambda value: value if value and " " in value else None,
)
def test_a_bad_signature_is_false_and_raises_nothing(signature: str | None, why: str) -> None:
    assert not verify(PUBLIC, PATH, PAIRS, signature, [TOKEN, "", None]), why


def test_without_a_token_nothing_is_true() -> None:
    assert not verify(PUBLIC, PATH, PAIRS, signed(PUBLIC + PATH, PAIRS, ""), ["", None])
    assert not verify(PUBLIC, PATH, PAIRS, GOOD, [])


def test_a_changed_field_or_query_is_noticed() -> None:
    changed = [(name, "+447700900666" if name == "From" else value) for name, value in PAIRS]
    assert not verify(PUBLIC, PATH, changed, GOOD, [TOKEN])
    assert not verify(PUBLIC, PATH, [*PAIRS, ("Extra", "")], GOOD, [TOKEN])
    assert not verify(PUBLIC, "/twilio/sms?s=2", PAIRS, GOOD, [TOKEN])


def test_a_repeated_name_counts_with_each_of_its_values() -> None:
    pairs = form_pairs(b"A=2&A=1&B=&MessageSid=SM1")
    assert pairs == [("A", "2"), ("A", "1"), ("B", ""), ("MessageSid", "SM1")]
    good = signed(PUBLIC + PATH, pairs)
    assert verify(PUBLIC, PATH, pairs, good, [TOKEN])
    assert not verify(PUBLIC, PATH, pairs[1:], good, [TOKEN])


def test_the_shared_key_algorithm_and_one_that_is_not_known() -> None:
    strong = signed(PUBLIC + PATH, PAIRS, digest="sha256")
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    assert verify(PUBLIC, PATH, PAIRS, strong, [TOKEN], settings)
    assert not verify(PUBLIC, PATH, PAIRS, strong, [TOKEN])
    assert not verify(PUBLIC, PATH, PAIRS, GOOD, [TOKEN], settings)
    assert not verify(PUBLIC, PATH, PAIRS, GOOD, [TOKEN], "key=x,algorithm=HMAC_MD5")
    assert verify(PUBLIC, PATH, PAIRS, GOOD, [TOKEN], "nonsense,,=,")


def test_a_body_hash_in_the_query_opens_no_way_round_the_form() -> None:
    path = "/twilio/sms?bodySHA256=" + hashlib.sha256(b"").hexdigest()
    assert not verify(PUBLIC, path, PAIRS, signed(PUBLIC + path, []), [TOKEN])
    assert verify(PUBLIC, path, PAIRS, signed(PUBLIC + path, PAIRS), [TOKEN])


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=5),
    st.one_of(st.none(), st.text(max_size=40)),
    st.one_of(st.none(), st.text(max_size=40)),
)
def test_nothing_that_is_sent_raises(path: str, pairs: list[tuple[str, str]], signature: str, settings: str) -> None:
    assert verify(PUBLIC, path, pairs, signature, [TOKEN], settings) is False
    assert verify("https://[bad:99999", path, pairs, signature or "AAAA", [TOKEN], settings) is False


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"&" * 5000, b"a=1&" * 2000, b"{}", b"%zz=%"])
def test_a_body_that_is_no_form_has_few_pairs_or_none(body: bytes) -> None:
    assert len(form_pairs(body)) <= 1


def test_a_message_is_kept_with_its_whole_form() -> None:
    found = parse_sms([*PAIRS, ("Brand2027", "new"), ("Twice", "a"), ("Twice", "b")])
    assert (found.channel, found.provider_id) == ("sms", "SM0123456789abcdef0123456789abcdef")
    assert (found.our_address, found.their_address) == ("+447700900999", "+447700900123")
    assert found.text == "Mo is poorly, back tmrw 😷"
    assert found.raw["ToState"] == [""]
    assert (found.raw["Brand2027"], found.raw["Twice"]) == (["new"], ["a", "b"])
    assert found.sent_at is None
    assert found.opt_out is None


def test_a_picture_without_words_an_empty_text_and_binary_are_messages_too() -> None:
    assert parse_sms([("MessageSid", "MM1"), ("From", "+447700900123"), ("NumMedia", "1")]).text == ""
    assert parse_sms(form_pairs(b"MessageSid=SM1&Body=a%00b%ff")).text == "a\ufffdb\ufffd"
    assert len(parse_sms(form_pairs(b"MessageSid=SM1&Body=" + b"x" * 10_000)).text) == 10_000


def test_a_rich_message_is_a_text_from_the_same_number() -> None:
    found = parse_sms([("MessageSid", "SM1"), ("From", "rcs:+447700900001"), ("To", "+447700900000"), ("Body", "ill")])
    assert (found.channel, found.their_address) == ("sms", "+447700900001")


def test_whatsapp_is_told_from_sms_by_its_addresses() -> None:
    found = parse_sms([("MessageSid", "SM1"), ("From", "whatsapp:+447700900123"), ("To", "whatsapp:+447700900999")])
    assert (found.channel, found.their_address, found.our_address) == ("whatsapp", "+447700900123", "+447700900999")


@pytest.mark.parametrize(
    ("body", "kind", "default", "advanced"),
    [
        ("Stop", "STOP", "STOP", "STOP"),
        ("stop", "", "STOP", None),
        (" Cancel ", "", "STOP", None),
        ("END", "", "STOP", None),
        ("start", "", "START", None),
        ("Help", "", "HELP", None),
        ("yes", "", None, None),  # the answer to a question, though Twilio opts in by it
        ("Yes", "START", "START", "START"),
        ("please stop it", "", None, None),  # only the bare word counts
        ("He is poorly", "", None, None),
        ("He is poorly", "WEIRD", None, None),
    ],
)
def test_opt_outs(body: str, kind: str, default: str | None, advanced: str | None) -> None:
    pairs = [
        ("MessageSid", "SM1"),
        ("From", "+447700900123"),
        ("Body", body),
        *([("OptOutType", kind)] if kind else []),
    ]
    assert parse_sms(pairs).opt_out == default
    assert parse_sms(pairs, advanced_opt_out=True).opt_out == advanced


def test_a_receipt_carries_our_id_and_its_code() -> None:
    found = parse_status("m=ab%2Fc1", form_pairs(STATUS))
    assert (found.message_id, found.provider_id) == ("ab/c1", "SM1")
    assert (found.status, found.error_code, found.provider_status) == ("undelivered", "30005", "undelivered")


def test_a_receipt_without_our_id_or_with_only_the_old_names() -> None:
    found = parse_status("", [("SmsSid", "SM1"), ("SmsStatus", "read"), ("From", "whatsapp:+447700900999")])
    assert (found.message_id, found.provider_id, found.status) == (None, "SM1", "delivered")
    assert (found.channel, found.error_code) == ("whatsapp", None)


def test_a_form_without_its_id_cannot_be_kept() -> None:
    for parse in (lambda: parse_sms([("Body", "x")]), lambda: parse_status("m=1", [("MessageStatus", "sent")])):
        with pytest.raises(Incomplete, match="MessageSid"):
            parse()
    with pytest.raises(Incomplete, match="MessageStatus"):
        parse_status("m=1", [("MessageSid", "SM1")])


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=30)), max_size=9))
def test_a_form_comes_through_the_wire_as_it_was(pairs: list[tuple[str, str]]) -> None:
    sent = [(name, value) for name, value in pairs if name or value]
    assert form_pairs(urlencode(sent).encode()) == sent
