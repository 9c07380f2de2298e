"""What a family says of an illness, in the few groups in which a school counts it. No diagnosis."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.words.normalise import read_words
from bot.understanding.words.phrases import PhraseBook

DENIED = frozenset({"no", "not", "without", "never"})
"""Right before a symptom: "no temperature" is none."""
LABELS = {
    "stomach": "Stomach, sickness",
    "fever": "Fever, flu",
    "chest_and_throat": "Cough, cold, throat",
    "rash": "Rash, spots",
    "head": "Headache",
    "ears_and_eyes": "Ears, eyes",
    "injury": "Injury",
}
"""Every group of the lexicon as the office reads it."""


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    return PhraseBook((group, phrase) for group, phrases in table("symptoms.toml").items() for phrase in phrases)


def symptoms_of(text: str) -> frozenset[str]:
    """The groups whose words the text has; empty where it says no more than "poorly"."""
    words = read_words(text).texts
    hits = _book().find(words)
    return frozenset(hit.tag for hit in hits if not hit.first or words[hit.first - 1] not in DENIED)
