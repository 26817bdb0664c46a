"""Names of people, in any case: sure ones from the lists, others by where they stand."""

from collections.abc import Iterator

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, is_word
from storage.domain.identifying.slots import Slots
from storage.domain.identifying.tokens import Token, foreign

_LONGEST_FIRST = 10
_OF_SURNAMES = frozenset({"de", "van", "vd", "vanden", "vander", "el"})


def names(text: str, tokens: list[Token], ages: list[Finding], taken: bytearray) -> Iterator[Finding]:
    """The names in a text. `taken` marks the characters that are something else already."""
    slots = Slots(text, tokens, ages)
    scripts = not text.isascii()
    named = [False] * len(tokens)
    for at, token in enumerate(tokens):
        kind = token.word
        if (kind.first or kind.last or scripts) and 1 not in taken[token.start : token.end]:
            named[at] = _sure(slots, at)
        if kind.namelike and not named[at] and not taken[token.start]:
            named[at] = _placed(slots, at)
    _led(slots, named, taken)
    _again(slots, named, taken)
    _in_a_row(slots, named, taken)
    yield from _joined(slots, named, taken)


def _before(slots: Slots, at: int, back: int = 1) -> str:
    return slots.tokens[at - back].low if at >= back else ""


def _sure(slots: Slots, at: int) -> bool:
    """Whether the word is a name by itself."""
    token = slots.tokens[at]
    if not (token.word.first or token.word.last or foreign(token, slots.text)):
        return False
    return _before(slots, at) not in cue("not_after")


def _placed(slots: Slots, at: int) -> bool:
    """Whether the place makes a name of a word that is none by itself."""
    token = slots.tokens[at]
    kind, last = token.word, _before(slots, at)
    if not kind.namelike or last in cue("not_after") or len(token.low) < 2 or _shouted(slots, token):
        return False
    if kind.unknown:
        acts = (token.capital and len(token.low) < _LONGEST_FIRST and slots.named_so(at)) or slots.told(at)
        return acts or slots.strong(at) or slots.fair(at) or slots.weak(at)
    if kind.maybe:
        return _maybe(slots, at)
    return kind.maybe_last and (token.capital or _titled(slots, at)) and _of_a_surname(slots, at)


def _of_a_surname(slots: Slots, at: int) -> bool:
    """Whether a title or a particle with a capital stands before: "mevrouw Bakker", "De Smet"."""
    last = _before(slots, at)
    if last in cue("titles"):
        return True
    titled = _titled(slots, at)
    return (
        at > 0 and last in cue("particles") and _beside(slots, at - 1, at) and (slots.tokens[at - 1].capital or titled)
    )


def _titled(slots: Slots, at: int) -> bool:
    """Whether a title stands before the particles: "familie van der linden"."""
    back = 1
    while back < 4 and _before(slots, at, back) in cue("particles"):
        back += 1
    return back > 1 and _before(slots, at, back) in cue("titles") - {"meester", "dokter", "gezin"}


def _shouted(slots: Slots, token: Token) -> bool:
    """An abbreviation in capitals: no name."""
    written = slots.text[token.start : token.end]
    return written.isupper() and len(written) <= 5 and not slots.shouting and not token.word.maybe


def _maybe(slots: Slots, at: int) -> bool:
    """Whether a name that is a word too is a name here."""
    token, last = slots.tokens[at], _before(slots, at)
    if last in cue("articles") - {"haar", "zijn", "mijn"} and not slots.strong(at):
        return False
    month = token.word.stem in cue("month_names")
    if month:
        return slots.text[token.end : token.end + 2] == " (" and slots.strong(at)
    if token.proper or slots.strong(at):
        return last not in cue("articles") or token.proper
    follows = slots.tokens[at + 1] if at + 1 < len(slots.tokens) else None
    if follows and slots.text[token.end : follows.start] == " " and _a_surname_from(slots, at + 1):
        return True
    if last in cue("person") or last in {"ons", "onze", "onzen"}:
        return True
    if token.word.stem in cue("usual") and (slots.named_so(at) or (not token.opening and slots.acts(at))):
        return True
    if token.capital and (slots.named_so(at) or (slots.acts(at) and not is_word(token.word.stem))):
        return True
    return slots.fair(at) and token.capital


def _a_surname_from(slots: Slots, at: int) -> bool:
    """Whether a sure surname stands here, its particles before it."""
    for each in slots.tokens[at : at + 4]:
        if each.word.last or (each.word.maybe_last and each.capital):
            return True
        if each is not slots.tokens[at] and each.word.maybe_last and slots.tokens[at].low in _OF_SURNAMES:
            return True
        if each.word.unknown and len(each.low) > 5 and each.low.startswith(("de", "van", "ver")):
            return True
        if each.low not in cue("particles"):
            return False
    return False


def _again(slots: Slots, named: list[bool], taken: bytearray) -> None:
    """What is a name once is one everywhere, but behind an article."""
    stems = {
        one.word.stem for one, is_name in zip(slots.tokens, named, strict=True) if is_name and not one.word.ordinary
    }
    capitals = {
        one.word.stem for one, is_name in zip(slots.tokens, named, strict=True) if is_name and one.word.ordinary
    }
    if not stems and not capitals:
        return
    for at, token in enumerate(slots.tokens):
        if named[at] or taken[token.start] or token.word.barred:
            continue
        if token.word.stem in stems or (token.low.endswith("s") and token.low[:-1] in stems):
            named[at] = True
        elif token.word.stem in capitals and _before(slots, at) not in cue("articles"):
            touched = _before(slots, at) in cue("touching") or _before(slots, at) == "via"
            named[at] = token.capital or touched or slots.fair(at) or slots.strong(at)


def _led(slots: Slots, named: list[bool], taken: bytearray) -> None:
    """ "Mbaye Ndiaye": an unknown word right before a name is its first part."""
    for at in range(len(named) - 2, -1, -1):
        token = slots.tokens[at]
        if named[at + 1] and not named[at] and token.word.unknown and token.capital and not taken[token.start]:
            named[at] = _beside(slots, at, at + 1) and not _shouted(slots, token)


def _in_a_row(slots: Slots, named: list[bool], taken: bytearray) -> None:
    """ "lotte en zemra", "roos, yassine": what stands in a row with a name and can be one, is one."""
    for at in range(1, len(named)):
        both = slots.tokens[at].low == "als" and _before(slots, at, 2) == "zowel"
        if slots.tokens[at].low in {"en", "of"} or both:
            _row_of_and(slots, named, taken, at)
        elif named[at] != named[at - 1] and slots.text[slots.tokens[at - 1].end : slots.tokens[at].start] == ", ":
            _take(slots, named, taken, at if named[at - 1] else at - 1)


def _row_of_and(slots: Slots, named: list[bool], taken: bytearray, at: int) -> None:
    if at + 1 < len(named) and named[at - 1] != named[at + 1]:
        tight = slots.tokens[at + 1].start - slots.tokens[at - 1].end == len(slots.tokens[at].low) + 2
        if tight:
            _take(slots, named, taken, at + 1 if named[at - 1] else at - 1)


def _take(slots: Slots, named: list[bool], taken: bytearray, at: int) -> None:
    token = slots.tokens[at]
    can = token.word.unknown and len(token.low) > 2 and not _shouted(slots, token)
    fits = token.word.maybe and token.word.stem not in cue("month_names") and _before(slots, at) not in cue("articles")
    if not taken[token.start] and (can or fits):
        named[at] = True


def _joined(slots: Slots, named: list[bool], taken: bytearray) -> Iterator[Finding]:
    """The names with what belongs to them: first name, particles, surname, an initial."""
    at, tokens = 0, slots.tokens
    while at < len(tokens):
        if not named[at]:
            at += 1
            continue
        first, last = _turned_round(slots, _leftward(slots, at, taken), taken), at
        while (further := _rightward(slots, named, last, taken)) > last:
            last = further
        end = tokens[last].end
        yield Finding(tokens[first].start, end + _initial_after(slots.text, end), Identifier.NAME)
        at = last + 1


def _leftward(slots: Slots, at: int, taken: bytearray) -> int:
    """The first particle that belongs to a surname: "Van den Broeck", "el amrani"."""
    first = at
    while first > 0 and _beside(slots, first - 1, first) and not taken[slots.tokens[first - 1].start]:
        token = slots.tokens[first - 1]
        tight = token.low in cue("strong_particles") | {"el", "al", "der", "den"} or (
            token.capital and token.low in cue("particles")
        )
        following = slots.tokens[first].low in {"den", "der", "de"} and first < at
        if at - first >= 3 or not (tight or (token.low == "van" and following) or _de(slots, first - 1)):
            break
        first -= 1
    return first if not slots.tokens[at].word.first or slots.tokens[first].proper or first == at else at


def _turned_round(slots: Slots, first: int, taken: bytearray) -> int:
    """The first word of a surname written before the first name: "Van Damme Jelle"."""
    if first < 2 or not slots.tokens[first].word.first:
        return first
    particle, surname = slots.tokens[first - 2], slots.tokens[first - 1]
    tight = _beside(slots, first - 1, first) and _beside(slots, first - 2, first - 1)
    fits = particle.capital and particle.low in cue("particles") - {"in", "aan", "op", "het"} and surname.proper
    return first - 2 if tight and fits and not taken[particle.start] and not taken[surname.start] else first


def _de(slots: Slots, at: int) -> bool:
    """Whether "de" belongs to the surname behind it: "de smet"."""
    follows = slots.tokens[at + 1]
    return slots.tokens[at].low == "de" and not follows.word.first and (follows.word.last or follows.word.maybe_last)


def _beside(slots: Slots, left: int, right: int) -> bool:
    return slots.text[slots.tokens[left].end : slots.tokens[right].start] in {" ", "-", ". ", "  "}


def _rightward(slots: Slots, named: list[bool], last: int, taken: bytearray) -> int:
    """The next word that belongs to the name, or the same for none."""
    at, tokens = last + 1, slots.tokens
    if (
        at >= len(tokens)
        or tokens[last].word.owner
        or slots.text[tokens[last].end : tokens[at].start] not in {" ", "-", "  "}
    ):
        return last
    if taken[tokens[at].start]:
        return last
    if named[at] or _a_surname(slots, at):
        return at
    reach = at
    while (
        reach < len(tokens)
        and reach < at + 3
        and tokens[reach].low in cue("particles")
        and _beside(slots, reach - 1, reach)
    ):
        reach += 1
    if reach == at or reach >= len(tokens) or not _beside(slots, reach - 1, reach) or taken[tokens[reach].start]:
        return last
    final, particle = tokens[reach], tokens[at]
    kind = final.word
    listed = kind.last or (kind.maybe_last and (final.capital or not kind.ordinary or particle.low in {"de", "el"}))
    written = particle.capital and final.capital and not kind.barred
    return reach if listed or written or (final.capital and kind.unknown and particle.low != "van") else last


def _a_surname(slots: Slots, at: int) -> bool:
    """Whether the word behind a name is its surname."""
    token = slots.tokens[at]
    if token.word.barred:
        return False
    if token.capital:
        return not slots.text[token.start : token.end].isupper() and token.low not in cue("months") | cue("particles")
    listed = token.word.last or (token.word.maybe_last and not token.word.ordinary)
    return listed or (token.word.unknown and len(token.low) > 4)


def _initial_after(text: str, end: int) -> int:
    """How many characters of an initial stand behind a name: "Lotte V.", "hamza b."."""
    rest = text[end : end + 4]
    if len(rest) > 2 and rest[0] == " " and rest[1].isalpha() and rest[2] == ".":
        return 3
    if len(rest) > 1 and rest[0] == " " and rest[1].isupper() and (len(rest) == 2 or not rest[2].isalnum()):
        return 3 if rest[2:3] == "." else 2
    return 0
