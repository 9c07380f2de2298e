"""Between the reasons of one message: which of them takes weight from which, before the heaviest is chosen."""

from __future__ import annotations

_BOOKED = frozenset(
    "clinic appointment appointments consultant physio dentist optician camhs therapy scan orthodontist".split()
)
_WORN_OUT = frozenset("shattered knackered tired exhausted worn".split())
_DENTIST = frozenset("dentist dental orthodontist".split())
_TEETH = frozenset("tooth toothache teeth gum filling brace abscess".split())
_LIES_IN, _BECAUSE = frozenset("lie lay sleep".split()), frozenset("as because since".split())
#: Reasons that stand for themselves: beside one of them the vague ones (other, holiday, none yet) count for less.
_OF_THEIR_OWN = tuple("Y5 G M C E W V R J1 C1 T Y6 Y7 S K D P Y1 Y2 Y5 B C2".split())
#: And beside one of these a journey is its part.
_JOURNEYS = frozenset("T P V B W J1 C1".split())
#: Words of the first leave nothing of the second: who is held by the police goes to no hearing of a family, and showmen
#: who move on leave no house.
_BEFORE = (("Y5", "C"), ("T", "C"), ("K", "W"), ("K", "B"))
#: Who is kept at home by the public health people as a contact is not ill itself.
_CONTACTS = frozenset("contact contacts".split())
#: So much weighs a reason that is said in plain words.
_PLAIN, _NEARLY = 3.0, 2.9


def weigh_together(scores: dict[str, float], texts: list[str]) -> None:
    """Change the weights of codes that stand in one message, rule by rule."""
    words = set(texts)
    ill = scores.get("I", 0.0) >= _PLAIN
    _illness_and_appointment(scores, words, ill)
    if words & _WORN_OUT and scores.get("O", 0) >= _NEARLY:
        for code in ("P", "G", "V", "T", "B"):
            scores[code] = scores.get(code, 0.0) * 0.5
    if words & _DENTIST and words & _TEETH:
        scores["I"] = scores.get("I", 0.0) * 0.5
    if scores.get("I") and scores.get("O") and words & _LIES_IN and words & _BECAUSE:
        scores["O"] *= 0.4
    if ill and 0 < scores.get("M", 0.0) < _NEARLY:
        scores["M"] *= 0.5
    for code, other in _BEFORE:
        if scores.get(code, 0.0) > _PLAIN:
            scores.pop(other, None)
    if scores.get("Y6", 0.0) > _PLAIN and words & _CONTACTS:
        scores.pop("I", None)
    for code in _OF_THEIR_OWN:
        if scores.get(code, 0) >= _PLAIN:
            _before_the_vague(scores, code)
    if scores.get("I", 0) >= _PLAIN and scores.get("N", 0):
        scores["N"] *= 0.5
    if scores.get("I", 0) >= _PLAIN and scores.get("O", 0):
        scores["O"] *= 0.75


def _illness_and_appointment(scores: dict[str, float], words: set[str], ill: bool) -> None:
    """A booked appointment beside a slight illness is the reason; beside both, "no reason yet" counts for little."""
    if scores.get("M", 0.0) >= _NEARLY and scores.get("I", 0.0) <= 3.3 and _BOOKED & words:
        scores["M"] += 0.3
    if ill and scores.get("M", 0.0) and "N" in scores:
        scores["N"] *= 0.3


def _before_the_vague(scores: dict[str, float], code: str) -> None:
    if scores.get("O", 0):
        scores["O"] *= 0.6
    if code != "G" and scores.get("G", 0):
        scores["G"] *= 0.55 if code in _JOURNEYS else 0.9
    if scores.get("N", 0):
        scores["N"] *= 0.4
