"""How often the labels agree with the rules of plain words that turn a learned kind into another one.

    python -m training.rules

What was learned knows these very messages, so it says nothing of a rule that overrules it. Here each rule is asked by
itself: of the messages in which it hears its words, how many have a kind that it stands for? Most rules were written
for conversations, of which there are few among the labelled messages: one that is heard hardly ever is not judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from bot.understanding.evidence import Reading
from bot.understanding.kinds.asks_first import only_asks_first
from bot.understanding.kinds.asks_leave import asks_for_leave, asks_of_a_day_gone
from bot.understanding.kinds.believed import believes_in_school
from bot.understanding.kinds.coming_in import comes_all_the_same, comes_in, sets_out_all_the_same
from bot.understanding.kinds.fetched import is_taken_out
from bot.understanding.kinds.idle import has_it_now, is_with_me, only_complains, only_excused, says_with_me
from bot.understanding.kinds.not_away import is_in_care, tells_of_no_absence
from bot.understanding.kinds.of_school_life import asks_of_school_life
from bot.understanding.kinds.plainly_off import is_plainly_off
from bot.understanding.kinds.told_already import told_already
from bot.understanding.kinds.truant import is_truant
from bot.understanding.kinds.whereabouts import is_missing, is_present, set_off_all_the_same
from training import examples as ex
from training import train

Rule = Callable[[Reading], object]
#: Each rule, and the kinds that are right where it is heard.
RULES: Mapping[str, tuple[Rule, frozenset[str]]] = {
    "asks first": (lambda seen: only_asks_first(seen, "absence"), frozenset(("question",))),
    "asks for leave": (asks_for_leave, frozenset(("absence",))),
    "asks of a day gone": (asks_of_a_day_gone, frozenset(("question",))),
    "taken out": (is_taken_out, frozenset(("absence",))),
    "believed in school": (believes_in_school, frozenset(("present",))),
    "comes all the same": (comes_all_the_same, frozenset(("question", "chat"))),
    "sets out all the same": (sets_out_all_the_same, frozenset(("late",))),
    "comes in after all": (lambda seen: comes_in(seen) is not None, frozenset(("return", "cancel"))),
    "has it now": (has_it_now, frozenset(("absence",))),
    "is with me": (is_with_me, frozenset(("absence",))),
    "with me, unasked": (says_with_me, frozenset(("absence",))),
    "only complains": (only_complains, frozenset(("question", "chat"))),
    "excused from games": (only_excused, frozenset(("question",))),
    "of school life": (asks_of_school_life, frozenset(("question",))),
    "in care": (is_in_care, frozenset(("other_parent", "wrong_number"))),
    "no absence": (tells_of_no_absence, frozenset(("question", "chat"))),
    "plainly off": (is_plainly_off, frozenset(("absence",))),
    "told already": (told_already, frozenset(("absence", "question", "chat", "confirm"))),
    "truant": (is_truant, frozenset(("missing", "present"))),
    "missing": (lambda seen: is_missing(seen, False), frozenset(("missing",))),
    "present": (lambda seen: is_present(seen, False), frozenset(("present",))),
    "set off all the same": (set_off_all_the_same, frozenset(("present", "question", "chat"))),
}


def main() -> None:
    heard: dict[str, Counter[str]] = {name: Counter() for name in RULES}
    for case in train.cases():
        kinds = ex.kinds(case)
        for name, (rule, right) in RULES.items():
            if rule(case.seen.reading):
                heard[name]["all"] += 1
                heard[name]["right"] += not right.isdisjoint(kinds)
                heard[name][kinds[0]] += 1
    for name, counts in sorted(heard.items(), key=lambda row: -row[1]["all"]):
        kinds_found = [f"{kind} {count}" for kind, count in counts.most_common(6) if kind not in ("all", "right")]
        print(f"{name}: {counts['right']} of {counts['all']} as labelled; {', '.join(kinds_found)}")


if __name__ == "__main__":
    main()
