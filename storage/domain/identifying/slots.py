"""Whether a word stands where a person stands: "mama van x", "x (14)", "met x gaat het slecht", "x komt niet"."""

import re
from dataclasses import dataclass, field
from functools import cache

from storage.domain.identifying.kinds import Finding
from storage.domain.identifying.lists import cue, either, piece
from storage.domain.identifying.tokens import Token

_NEAR = 40
_SENTENCE = 160


@cache
def _after() -> dict[str, re.Pattern[str]]:
    kin = either("kin")
    sources = {
        "age": r"\s?\(\s?\d{1,2}\s?(?:j|jr|jaar|y|lj|,|\)|/)|\s?\((?:°|geb)|\s?\(\s?[1-6](?:e|de|ste)?\s?(?:lj|leerjaar|kleuter|middelbaar|m\b)|\s?\([1-7]\s?(?:aso|tso|bso|b|a)\b",
        "kin": rf"(?:(?: en|,)? (?:haar|zijn|z'n|zn|d'r|hun|heur) (?:\w{{2,12}} )?(?:{kin}|{either('person')})\b)",
        "owned": rf"'? {kin}\b",
        "theirs": r" (?:haar|z'n|zn|d'r) [^\W\d_]{3,}",
        "does": rf" (?:{either('does')}|{either('personal')}|(?:is|heeft|werd|wordt|had) (?:\w{{2,10}} ){{0,3}}(?:{piece('theirs')}|ge[a-z]{{3,12}}[dtn]\b)|is (?:erg|heel|weer|terug|nog|er) )(?!\w)",
        "negated": rf" {piece('negated')}(?!\w)",
        "closing": r"(?:[,.!?;:)\n]|$| (?:en|maar|is|heeft|wil|zegt|gaat|komt|over|gehoord|gesproken|gebeld|gevraagd|mee|kan|kunt|kun|kunde|hij|ze|zij|ik|we|wat|hoe|van|vd|bij|uit)(?!\w))",
        "personal": rf",? (?:(?:die|dat|nu|ook|toch|echt|dan) ){{0,2}}{either('personal')}(?!\w)",
        "generic": rf",? {either('generic')}(?!\w)",
        "with": rf" (?:en \w{{2,20}} )?{piece('yet')}{{0,2}}{either('have_met')}(?!\w)",
        "home": r" (?:thuis|op bezoek|langs)\b",
        "reflexive": r" (?:\w{1,13}t|had|heeft) (?:zich|zichzelf)\b",
        "list": r"(?:,| en| of| &| \+) ",
    }
    return {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()}


@dataclass(slots=True)
class Slots:
    """The text around words, read once."""

    text: str
    tokens: list[Token]
    ages: list[Finding]
    shouting: bool = False
    _near_age: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note where the words end that an age stands behind: "lotte is 14", "lotte, 15 jaar"."""
        self.shouting = self.text.isupper()
        for age in self.ages:
            before = self.text[max(0, age.start - 32) : age.start]
            gap = re.search(
                rf"(?P<gap>,? (?:{piece('gap_age')} ?){{1,4}}|,? ?\(?|:? |,? (?:[mvx]|geb[a-z]{{0,8}}\.?(?: op)?),?:? )$",
                before,
            )
            if gap:
                self._near_age.add(age.start - len(before) + gap.start("gap"))

    def _matches(self, name: str, token: Token) -> bool:
        return _after()[name].match(self.text, token.end, min(len(self.text), token.end + _NEAR)) is not None

    def _before(self, at: int, back: int = 1) -> str:
        """The word `back` places before, in the same clause; empty for none."""
        if at < back:
            return ""
        between = self.text[self.tokens[at - back].end : self.tokens[at].start]
        return (
            ""
            if len(between) > 3 * back + 12
            or (re.search(r"[.!?\n;]", between) and back == 1 and not between.startswith(". "))
            else self.tokens[at - back].low
        )

    def _starts(self, at: int) -> bool:
        """Whether a clause starts here."""
        token = self.tokens[at]
        before = self.text[max(0, token.start - 3) : token.start].rstrip(" ")
        return at == 0 or not before or not before[-1].isalnum() or self.tokens[at - 1].low in cue("links")

    def _whole(self, at: int) -> Token:
        """The last word of a name of two unknown words, or the word itself."""
        token = self.tokens[at]
        if token.word.unknown and at + 1 < len(self.tokens):
            follows = self.tokens[at + 1]
            tight = self.text[token.end : follows.start] == " "
            return follows if tight and (follows.word.unknown or follows.word.last) and len(follows.low) > 3 else token
        return token

    def strong(self, at: int) -> bool:
        """A place where only a person stands: an unknown word and a name that is a word too are names there."""
        token = self._whole(at)
        last, earlier, first = self._before(at), self._before(at, 2), self._before(at, 3)
        if self._matches("age", token) or token.end in self._near_age or self._matches("kin", token):
            return True
        if (last == "van" and earlier in cue("kin")) or (last == "bij" and self._matches("home", token)):
            return True
        if last in cue("called") or (last in {"is", "was"} and earlier in {"naam", "voornaam", "roepnaam"}):
            return first not in {"hoe", "wat"}
        if last in cue("titles"):
            return earlier not in cue("articles") - {"de", "het", "mijn", "onze", "zijn", "haar"} or token.proper
        owns = self._owns(token) and self._matches("owned", token)
        if owns or (last == "met" and self._matches("with", token)):
            return True
        led = self._greeted(at, last) or self._of_a_role(at, last, earlier)
        return led or self._opens_with(at, token)

    def _owns(self, token: Token) -> bool:
        """Whether a word has an ending of possession: "Lotte's", "yassines", "Roos'"."""
        marked = token.capital and self.text[token.end : token.end + 1] == "'"
        return token.word.owner or (token.low.endswith("s") and (token.word.unknown or marked))

    def _opens_with(self, at: int, token: Token) -> bool:
        return self._starts(at) and (self._matches("personal", token) or self._matches("reflexive", token))

    def _greeted(self, at: int, last: str) -> bool:
        """ "dag els,", "via goedele gehoord", "volgens fleur is"."""
        token = self.tokens[at]
        led = last in cue("greetings") or last in _HEARD_FROM
        known = token.word.stem in cue("usual") or (token.word.unknown and len(token.low) > 3)
        return led and known and self._matches("closing", token)

    def _of_a_role(self, at: int, last: str, earlier: str) -> bool:
        """ "haar zorgjuf is goedele"."""
        token, first = self.tokens[at], self.tokens[at - 3].low if at > 2 else ""
        role = last in {"is", "was"} and earlier.endswith(tuple(cue("whose_end"))) and first in cue("some")
        known = (token.word.unknown and len(token.low) > 3) or token.word.stem in cue("usual")
        return role and known and self._matches("closing", token)

    def named_so(self, at: int) -> bool:
        """ "Mirsad doet okan", "Amber haar gsm", "wolf heeft zn arm gebroken": who does or has something."""
        token = self._whole(at)
        if not self._starts(at) or len(token.low) < 3:
            return False
        return self._matches("does", token) or self._matches("theirs", token)

    def told(self, at: int) -> bool:
        """ "da kevser beter": an unknown word behind a link, and what somebody does not or does better."""
        token = self.tokens[at]
        return self._before(at) in _THAT and len(token.low) > 4 and self._matches("negated", token)

    def fair(self, at: int) -> bool:
        """A place where a person may stand: enough for an unknown word, too little for an ordinary one."""
        token = self.tokens[at]
        last, earlier = self._before(at), self._before(at, 2)
        if last in cue("person") or last in cue("cases"):
            return len(token.low) > 3 or token.capital or token.word.maybe
        if last in {"voor", "over", "bij", "aan", "met", "van"} and earlier in cue("kin") | {
            "zorgen",
            "bezorgd",
            "case",
            "casus",
            "gesprek",
            "dossier",
            "gehoord",
            "nieuws",
            "toestand",
            "problemen",
            "probleem",
        }:
            return True
        if last in {"haar", "hem", "zag", "sprak"} and (last not in {"haar", "hem"} or earlier.startswith("noem")):
            return len(token.low) > 3
        return (self._starts(at) and self._matches("generic", token)) and self.about_one(token)

    def acts(self, at: int) -> bool:
        """Whether a clause starts here and goes on with what one does or is: "joke kan het niet aan"."""
        return self._starts(at) and self._matches("generic", self.tokens[at])

    def weak(self, at: int) -> bool:
        """A place where a word with a capital is a person, if the sentence is about one."""
        token = self.tokens[at]
        touched = self._before(at) in (cue("touching") if token.proper else _ABOUT)
        return (touched or (token.proper and self._starts(at))) and len(token.low) > 3 and self.about_one(token)

    def about_one(self, token: Token) -> bool:
        """Whether the sentence speaks of one person: "hij", "haar mama"."""
        start, end = max(0, token.start - _SENTENCE), token.end + _SENTENCE
        left = re.split(r"[.!?\n]", self.text[start : token.start])[-1]
        right = re.split(r"[!?\n]", self.text[token.end : end])[0]
        said = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", f"{left} {right}".lower()))
        return bool(said & (cue("pronouns") - {"zijn", "ze", "zij"})) or bool(said & cue("kin") - cue("things"))


_HEARD_FROM = frozenset(["via", "volgens", "over", "met", "aan"])
_THAT = frozenset(["dat", "da", "of", "omdat", "wanneer"])
_ABOUT = frozenset(["over", "om", "met", "bij", "rond", "zonder", "volgens", "voor"])
