"""Which of several children a message reports on: each weighed by what is said of it, and of the others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.children.clauses import Clause
from bot.understanding.children.named import Named, ids_of
from bot.understanding.children.names import sex
from bot.understanding.evidence import Reading
from bot.understanding.learned.tokens import neighbourhood
from bot.understanding.learned.weights import chance, weights
from bot.understanding.network.opinion import blended
from bot.understanding.values import Child
from bot.understanding.words.phrases import STOPS, Hit

_HE = frozenset("he him his son boy lad".split())
_SHE = frozenset("she her hers daughter girl lass".split())
_SEVERAL = frozenset("they them both children kids we us twins all boys girls everyone neither lot 2 3".split())
#: Of these a bare number may count days as well.
_COUNTS = frozenset(("2", "3"))
_ALL_OF_IT = frozenset("night day morning afternoon evening week weekend over along right".split())
_BY_SEX = frozenset(("boys", "girls"))
_OF_TWINS = frozenset(("twins", "both", "they", "them"))
_NEAR = 8
#: "We" are as often the parents ("we're at A&E", "we've been up all night") as the family that is away.
_PARENTS, _HIM = frozenset(("we", "us")), frozenset("he she him her his hers it".split())
_SO_FAR = 7
_OF_ALL = ("kind:absent", "kind:late")


def several_meant(seen: Reading) -> bool:
    """Whether a word in the message may mean more children than it names: "the boys" are those that are boys."""
    words = (_SEVERAL - _COUNTS) & set(seen.words.texts)
    if "all" in words and _only_of_time(seen.words.texts):
        words -= {"all"}
    if words & _PARENTS and not _away_together(seen):
        words -= _PARENTS
        if "all" in words and _only_of_parents(seen):
            words -= {"all"}
    if words <= _BY_SEX | {"both"} and any(one.how == "son or daughter" for one in seen.who.named):
        words = frozenset()
    if "twins" in words and words <= _OF_TWINS and any(_are_twins(one, seen) for one in seen.who.named):
        words = frozenset()
    return bool(words) or seen.signals.has("same")


def _are_twins(named: Named, seen: Reading) -> bool:
    """ "The twins", of three children of whom two are in one year."""
    return named.how == "counted" and "twins" in seen.words.texts[named.first : named.until]


def says_nothing_of_whom(seen: Reading) -> bool:
    """ "Won't be in until Thursday", the end of a text whose beginning comes later: no name, no "they", no question of
    ours and nothing known says that it is all of them.
    """
    message = seen.message
    return message.asked is None and not message.known and not seen.who.named and not several_meant(seen)


def _only_of_time(texts: Sequence[str]) -> bool:
    """ "Throwing up all night", "a rash all over": all of the night, and not of the children."""
    behind = [texts[at + 1 : at + 3] for at, text in enumerate(texts) if text == "all"]
    return all(next_to[:1] and (next_to[0] in _ALL_OF_IT or next_to == ["the", "time"]) for next_to in behind)


def _away_together(seen: Reading) -> bool:
    """ "We have all got covid", "we are away", "we're isolating": said of the family, and not of one child's parents.

    Where one child is tended ("we're at A&E", "we are taking him to the doctor's"), whoever takes it there is away too.
    """
    texts = seen.words.texts
    for at in (number for number, text in enumerate(texts) if text in _PARENTS):
        until = next((n for n in range(at, min(at + _SO_FAR, len(texts))) if texts[n] in STOPS), at + _SO_FAR)
        said = [hit for hit in seen.hits if at <= hit.first < until and hit.tag.startswith((*_OF_ALL, "why:"))]
        of_one = not _HIM.isdisjoint(texts[at:until]) or any(at < one.first < until for one in seen.who.named)
        if of_one or any(_is_tended(hit) for hit in seen.hits if hit.first >= at):
            continue
        if any(hit.tag in _OF_ALL or hit.tag.endswith((":strong", ":usual")) for hit in said):
            return True
    return False


def _is_tended(hit: Hit) -> bool:
    return hit.tag.startswith("why:M:") or hit.phrase.startswith(("walk in", "a and e", "in hospital"))


def _only_of_parents(seen: Reading) -> bool:
    """ "We've been up all night", "we are all shattered"."""
    texts = seen.words.texts
    return any(texts[at : at + 2] == ["all", "night"] for at in range(len(texts)))


def of_child(seen: Reading, tokens: Sequence[str], clauses: Sequence[Clause], child: Child, intent: str) -> set[str]:
    """What speaks for or against one child's being reported on."""
    message, texts = seen.message, set(seen.words.texts)
    asked = message.asked
    about = asked.about if asked is not None else ()
    own = [named for named in seen.who.named if child.id in named.children]
    named = set(ids_of(seen.who.named))
    told = f"named {bool(own)} about {child.id in about}"
    out = {
        "always", f"children {min(4, len(message.children))}", f"intent {intent}",
        f"asked {asked.kind if asked is not None else None}", told, f"{told} intent {intent}",
        f"{told} others {bool(named - {child.id})} about others {bool(set(about) - {child.id})}",
        f"known {any(child.id in report.children for report in message.known)} of {bool(message.known)}",
        f"strangers {bool(seen.who.strangers)}", f"language {bool(seen.language)}",
    }  # fmt: skip
    he, she = bool(_HE & texts), bool(_SHE & texts)
    rest = "".join(sorted({sex(other) for other in message.children if other.id != child.id}))
    out.add(f"sex {sex(child)} he {he} she {she} named {bool(own)} anybody {bool(named)}")
    out.add(f"sex {sex(child)} others {rest} he {he} she {she} anybody {bool(named)}")
    out.update(f"several {word} {told}" for word in _SEVERAL & texts)
    if not own:
        out.update(f"unnamed {token} anybody {bool(named)}" for token in tokens if token)
    for mention in own:
        out.update(_of_mention(seen, tokens, clauses, child, mention))
    return out


def _of_mention(
    seen: Reading, tokens: Sequence[str], clauses: Sequence[Clause], child: Child, mention: Named
) -> set[str]:
    others = [other for other in seen.who.named if child.id not in other.children]
    floor = max((other.until for other in others if other.until <= mention.first), default=0)
    roof = min((other.first for other in others if other.first >= mention.until), default=len(tokens))
    after = [token for token in tokens[mention.until : roof] if token][:_NEAR]
    before = [token for token in tokens[floor : mention.first] if token][-4:]
    out = {
        f"how {mention.how}", f"sure {int(mention.certainty * 5)}", f"fits several {len(mention.children) > 1}",
        f"place {floor == 0} {roof == len(tokens)}",
    }  # fmt: skip
    for token in after:
        coarse, fine = neighbourhood(token)
        out.update((f"a {token}", f"a {fine}", f"a {coarse}"))
    for token in before:
        out.update((f"b {token}", f"b {neighbourhood(token)[1]}"))
    for distance, token in enumerate(after[:2]):
        out.update((f"a{distance} {token}", f"a{distance} {neighbourhood(token)[0]}"))
    for distance, token in enumerate(reversed(before[-2:])):
        out.update((f"b{distance} {token}", f"b{distance} {neighbourhood(token)[0]}"))
    if len(after) > 1:
        out.add(f"aa {after[0]} {after[1]}")
    if len(after) > 2:
        out.add(f"aaa {after[1]} {after[2]}")
    for hit in seen.hits:
        if hit.tag.startswith(("kind:", "why:")):
            if mention.until <= hit.first < roof:
                out.add(f"hit {hit.tag}")
            elif floor <= hit.first < mention.first:
                out.add(f"hit before {hit.tag}")
    out.update(f"clause well {clause.well}" for clause in clauses if clause.first <= mention.first < clause.until)
    out.update(f"next {token}" for token in [token for token in tokens[roof : roof + 8] if token][:5])
    return out


def weigh_children(seen: Reading, tokens: Sequence[str], clauses: Sequence[Clause], intent: str) -> dict[str, float]:
    """For each child on the list, how likely it is that the message reports on it (0 to 1)."""
    scale = weights("children")
    thought = seen.opinion.children if seen.opinion is not None else {}
    out = {}
    for child in seen.message.children:
        total = scale.sum(of_child(seen, tokens, clauses, child, intent))
        out[child.id] = chance(blended("children", total, thought.get(child.id)))
    return out
