"""Telephone numbers as schools write them: made into the form that providers take (E.164), or refused with advice."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

_EATEN = re.compile(r"^\s*\d+(?:[.,]\d+)?[eE]\+?\d+\s*$")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_LANDLINE = {PhoneNumberType.FIXED_LINE}
# 076 are pagers and 070 personal numbers; 07624 is the Isle of Man's mobiles.
_UK_MOBILE = re.compile(r"^\+447(?:[1-57-9]|624)\d+$")
_UK_LANDLINE = re.compile(r"^\+44[12]\d+$")
_UK_LENGTH = re.compile(r"^\+44(?:7\d{9}|[^7]\d{8,9})$")
# Numbers that Ofcom keeps for drama, and that the demo and the tests use. phonenumbers calls them invalid.
_DRAMA = re.compile(
    r"^\+44(?:7700900|1632960|(?:11[3-8]|1[2-6]1)4960|2079460|2896496|2920180|1914980|8081570|3069990)\d{3}$"
)


_NUMBER = re.compile(r"\+\d{8,15}")
_LONGEST = 15  # digits of a number with 0044 before it; more means two numbers
_LENGTH = "This number has too few or too many digits; a UK number has 11 with its leading 0."
_SEVERAL = "There is more than one number here; give each its own column."


class BadNumber(ValueError):
    """Not a number that can be used. `advice` says what the office can do; it never repeats the number."""

    def __init__(self, advice: str) -> None:
        super().__init__(advice)
        self.advice = advice


def normal(text: str, region: str = "GB") -> str:
    """The E.164 form of one number. Mends a lost leading 0, 0044, (0), spaces and words beside it ("Mum 077…").

    Raises BadNumber for nothing, several numbers in one place, an extension, a number that a spreadsheet has
    shortened, and a number that its country does not have.
    """
    given = text.strip()
    if not given:
        raise BadNumber("There is no number here; enter one.")
    if _EATEN.match(given):
        raise BadNumber(
            "A spreadsheet has shortened this number and its last digits are lost; "
            "format the column as text and export it again."
        )
    number = _only(given, region)
    if number.extension:
        raise BadNumber("This number has an extension; enter the direct number and keep the extension in a note.")
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not (phonenumbers.is_valid_number(number) or _DRAMA.match(e164)):
        wrong_length = number.country_code == 44 and not _UK_LENGTH.match(e164)
        raise BadNumber(
            _LENGTH if wrong_length else "There is no such number; look for a mistyped digit and ask the family."
        )
    return e164


def _only(given: str, region: str) -> PhoneNumber:
    """The one number in a cell."""
    found = list(phonenumbers.PhoneNumberMatcher(given, region, phonenumbers.Leniency.POSSIBLE))
    digits = sum(c.isdigit() for c in given)
    if len(found) > 1:
        raise BadNumber(_SEVERAL if digits > _LONGEST else _LENGTH)
    if found and digits == sum(c.isdigit() for c in found[0].raw_string):
        return found[0].number
    try:
        return phonenumbers.parse(given, region)
    except NumberParseException as error:
        raise BadNumber(
            _SEVERAL if digits > _LONGEST else "This is not a telephone number; enter its digits, with the leading 0."
        ) from error


def can_be_answered(sender: str) -> bool:
    """False for a short code and for a name instead of a number (a shop's, a bank's): no text reaches them."""
    return _NUMBER.fullmatch(sender) is not None


def is_mobile(e164: str) -> bool:
    """True for a number that takes texts on a mobile phone. `e164` as `normal` gives it."""
    return _kind(e164, _MOBILE) or bool(_UK_MOBILE.match(e164))


def is_landline(e164: str) -> bool:
    """True for a fixed line. UK networks read a text out to it, or to its answerphone: ring it instead."""
    return _kind(e164, _LANDLINE) or bool(_UK_LANDLINE.match(e164))


def _kind(e164: str, kinds: set[int]) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(e164, None)) in kinds
    except NumberParseException:
        return False
