"""What was decided: under "Besluit", behind "Beslissing:", and in prose, "er wordt afgesproken dat"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dialogs.language.minutes.actions import is_action, is_agreed_action
from dialogs.language.minutes.carried import puts_off_point
from dialogs.language.minutes.doubt import asks, is_open, looks_back, supposes, wishes
from dialogs.language.minutes.naming import People
from dialogs.language.minutes.parts import Part
from dialogs.language.minutes.statements import Statement

_GROUP = (
    r"(?:we|wij|men|iedereen|allen|de (?:groep|leden|deelnemers|aanwezigen|stuurgroep\w*|werkgroep|"
    r"kerngroep|vergadering|intervisiegroep|partners|ambassadeurs|"
    r"onderwijsambassadeurs|raad|voltallige \w+)|het (?:netwerk|kernteam|overleg|team|bestuur|platform|"
    r"dagelijks bestuur|samenwerkingsverband|iroj|[A-Z]{2,8})|alle (?:aanwezigen|leden|partners))"
)
_DONE = (
    r"(?:goedgekeurd|aanvaard|bekrachtigd|vastgelegd|verschoven|verplaatst|uitgesteld|afgesproken|beslist|"
    r"besloten|overeengekomen|weerhouden|gekozen|geopteerd|"
    r"stopgezet|stilgelegd|afgevoerd|geschrapt|behouden|aangesteld|verlengd|afgelast|geannuleerd|"
    r"afgeschaft|ingevoerd|toegekend|vrijgegeven|verworpen|afgewezen|"
    r"geweigerd|vastgesteld op|vastgeprikt|aangenomen|verkozen|bevestigd|opgericht|opgedoekt|bijgestuurd|"
    r"verhoogd|verlaagd|vrijgemaakt|toegestaan|overgenomen|opgezegd|beëindigd|voortgezet|verdergezet|"
    r"aangekocht|hernieuwd|herbevestigd|gehalveerd|uitgebreid|ingekort|terugbetaald)"
)
_NOW: Final = re.compile(
    rf"\b(?:is|zijn|gaat|gaan|gaf|gingen|ging|was|waren|blijft) (?:\w+ ){{0,4}}?(?:principieel |unaniem "
    rf")?akkoord\b(?! gaat| gaan)"
    rf"|\b(?:heb|hebben|heeft) (?:we |wij |men |iedereen |de groep ){{1,2}}(?:nu |dan |dus |vandaag |samen "
    rf"|hier |intussen )"
    rf"{{0,3}}(?:afgesproken|beslist|besloten|gekozen|goedgekeurd|vastgelegd)\b"
    rf"|\b(?:daar|hier)(?:over)? (?:is|was|zijn|waren) (?:we|iedereen|allen|de groep|alle \w+) het (?:\w+ "
    rf")?(?:over )?eens\b"
    rf"|\b(?:we|wij) (?:gaan|starten|stoppen|beginnen|werken|gebruiken|openen|sluiten|vergaderen|verhuizen|schakelen) "
    rf"(?:(?:dus|dan|ook|zelf|nu) ){{0,2}}(?:vanaf (?:nu\b|\d|januari|februari|maart|april|mei|juni|juli|"
    rf"augustus|september|"
    rf"oktober|november|december|volgend|het nieuwe)|(?!er )(?:[\w’'.-]+ ){{0,8}}?(?:in (?:de )?plaats van|"
    rf"i\.p\.v\.|niet (?:meer|langer)))"
    rf"|\b(?:we|wij|de \w+) stap(?:t|pen) uit\b"
    rf"|\b(?:gaat|gaan) (?:dus|dan ook|daarom) (?:(?:gewoon|toch|ook) )?door\b(?! (?:de|het|een) [a-z])"
    rf"|\ber (?:komt|komen) (?:dus |ook |dan )?geen (?:[\w’'-]+ ){{1,4}}?meer\b"
    rf"|\b(?:kost(?:en|prijs)?|huur|factuur|uitgaven?|vervoer|drank|catering|verplaatsingen) (?:\w+ "
    rf"){{0,6}}?(?:wordt|worden) "
    rf"(?:[\w’'-]+ ){{0,4}}?(?:gedragen|betaald|gedeeld|verdeeld|vergoed) (?:door|onder|over|vanuit|met)\b"
    rf"|\bkrijg(?:t|en) (?:[\w’'-]+ ){{0,3}}?de (?:opdracht|toewijzing|voorkeur)\b"
    rf"|\b(?:wordt|worden) niet (?:meer |langer )?(?:publiek|openbaar|bekend) gemaakt\b(?! door)"
    rf"|\b(?:wordt|worden) (?:[\w’'\"€.,%/-]+ ){{0,14}}?{_DONE}\b|\b{_DONE} (?:wordt|worden)\b"
    rf"|\b(?:mag|mogen) (?:[\w’'€.-]+ ){{0,8}}?(?:vrijgegeven|gebruikt|aangekocht|besteld|gespendeerd|"
    rf"ingezet|opgestart|doorgaan|blijven|starten|van (?:de )?(?:\w+)?(?:middelen|budget|werking\w*))\b"
    rf"|\bgee(?:ft|ven) (?:[\w’'-]+ ){{0,6}}?(?:goedkeuring|akkoord|toestemming|groen licht|fiat)\b|"
    rf"\bkrijg(?:t|en) (?:\w+ ){{0,4}}?(?:groen licht|goedkeuring|toestemming)\b"
    rf"|\b{_GROUP} (?:\w+ ){{0,4}}?(?:beslist|beslissen|besluit|besluiten|kiest|kiezen|opteert|opteren|"
    rf"keurt|keuren|komt overeen|komen overeen|spreekt af|spreken af|stemt in|stemmen in|legt vast|leggen "
    rf"vast|"
    rf"gaat voor|gaan voor|houdt het (?:bij|op)|houden het (?:bij|op)|aanvaardt|aanvaarden|schrapt|"
    rf"schrappen|bekrachtigt|verschuift|verschuiven|weigert|verwerpt|vindt elkaar|stapt af|stappen af)\b"
    rf"|\b(?:beslist|beslissen|besluit|besluiten|kiest|kiezen|opteert|opteren|keurt|keuren|komt|komen|"
    rf"spreekt|spreken|houden|houdt) (?:dan |dus |dan ook |daarom |unaniem |nu )?{_GROUP}\b(?: "
    rf"\w+){{0,14}}? ?(?:voor|om|dat|goed|overeen|af|het bij|het op)\b"
    rf"|\b(?:men|we|wij|{_GROUP}) (?:kiest|kiezen|opteert|opteren|gaat|gaan) (?:\w+ ){{0,3}}?voor\b"
    r"|^(?:iedereen|allen|allemaal|alle leden|alle aanwezigen|de groep|de leden)(?: is| zijn| gaat| "
    r"gaan)? (?:unaniem )?akkoord\b|\bstap(?:t|pen) (?:we |men )?over op\b|\b(?:houden|houdt) (?:we |men "
    r")?vast aan\b"
    r"|\bwordt (?:de |het )?(?:nieuwe? )?(?:voorzitter|ondervoorzitter|verslaggever|penningmeester|"
    r"secretaris|coördinator|trekker|trekkers|aanspreekpunt|contactpersoon|vertegenwoordiger)\b"
    r"|^er komt (?:dus |ook )?(?:een|geen) (?:\w+ )?(?:werkgroep|brief|bevraging|proefproject|subgroep|"
    r"denkgroep|evaluatie|vaste|aparte|extra|gezamenlijke|tweede|nieuwe (?:werkgroep|datum|folder))\b"
    r"|\b(?:mag|mogen) (?:[\w’'€.-]+ ){0,8}?(?:besteed|uitgegeven|gebruikt|aangekocht|ingediend|deelnemen)\b"
    r"|(?:^|[:;,–-] )(?:afgesproken|beslist|besloten|overeengekomen)\b (?:wordt |is |werd )?(?:dat|om|"
    r"te)\b|\blig(?:t|gen) (?:nu )?vast\b"
    r"|\bverslag (?:[\w’'/.-]+ ){0,10}?(?:is|wordt|werd) (?:\w+ ){0,5}?goedgekeurd\b"
    r"|\b(?:de )?afspraak (?:is|luidt|wordt|blijft)\b|\b(?:de )?keuze valt op\b|\bvalt de keuze op\b|\bde "
    r"knoop (?:wordt|is) doorgehakt\b|\bknoop doorgehakt\b"
    r"|\ber is (?:een |unanieme |brede |dus )*(?:consensus|akkoord|eensgezindheid|unanimiteit)\b|"
    r"\b(?:unaniem|eenparig|met algemene stemmen|bij consensus)\b"
    r"|\bgaat (?:\w+ ){0,3}(?:definitief|effectief|toch|wel|niet|sowieso) door\b|\b(?:voortaan|vanaf nu|vanaf heden)\b"
    r"|\b(?:iedereen|allen|de groep|alle aanwezigen) (?:is|zijn|vindt|vinden|vond|vonden|kan|kunnen|gaat|"
    r"gaan) (?:\w+ ){0,6}?(?:akkoord|oké|ok|goed|vinden|in vinden|gewonnen|mee eens)\b"
    r"|\b(?:we|wij|men|iedereen|allen|de \w+) (?:is|zijn) (?:het )?(?:\w+ )?(?:er)?(?:over )?eens (?:dat|"
    r"om|over)\b|\b(?:blijft|blijven) (?:[\w’'-]+ ){0,4}?(?:behouden|ongewijzigd)\b|\bnemen we (?:\w+ "
    r"){0,3}over\b|\bstoppen met\b|\bstaat (?:nu )?vast(?: dat)?\b",
    re.IGNORECASE,
)
_THEN: Final = re.compile(
    rf"\b(?:werd|werden|is|zijn) (?:[\w’'\"€.,%-]+ ){{0,14}}?{_DONE}\b|\b{_GROUP} (?:besliste|besloot|koos|"
    rf"opteerde|keurde|sprak af|kwam overeen|besloten|beslisten|kozen|keurden|spraken af|kwamen overeen)\b|"
    rf"\b{_DONE} werd(?:en)?\b"
    rf"|\b{_GROUP} (?:heeft|hebben) (?:[\w’'€.-]+ ){{0,12}}?(?:beslist|besloten|goedgekeurd|afgesproken|gekozen)\b",
    re.IGNORECASE,
)
_CUES: Final = (
    "akkoord|goed|keur|aanva|bekrach|vast|leggen|legt|schov|schui|verplaats|uitgest|gespro|beslis|beslo|"
    "beslu|overeen|weerhouden|kozen|kies|kiez|opte|gezet|gelegd|gevoerd|schra|behou|gesteld|verleng|gelast|"
    "annul|geschaft|ingevoerd|toegekend|geven|geeft|groen licht|toestem|fiat|sprak|spre|stem|houd|verwer|"
    "verworpen|stap|voortaan|vanaf|unaniem|eenparig|consensus| eens| door.| door |voorzitter|verslagg|"
    "er komt| mag |mogen|keuze|knoop|gaan voor|gaat voor|stoppen|blijf|nemen we|vinden|vindt| ok|oké|weig|"
    "genomen|opger|gedoekt|verho|verla|bevest|gestuurd|trekker|aanspreek|contactp|vertegenw|coörd|secretaris|"
    "penning|besteed|gaf|wezen|gemaakt|toegestaan|zegd|eindigd|gekocht|nieuwd|halveerd|breid|gekort|betaald|"
    "prikt|gedoekt|verkozen|gedeeld| meer|langer|plaats van|i.p.v.|gedragen|betaald|vergoed|opdracht|"
    "toewijz|voorkeur|publiek|"
    "openbaar|bekend"
)
_STEMS: Final = tuple(_CUES.split("|"))
"""One of these stands in every sentence that decides; to look for them is cheap."""

_LONGEST: Final = 900
_BARE = re.compile(
    r"^(?:(?:ok|oké|akkoord|goedgekeurd|unaniem akkoord|afgesproken|beslist|besloten|aanvaard)\b(?! "
    r"gaan)[^?]{0,120}$|[^.?!]{0,80}[:;,–-] ?(?:dus )?(?:ok|oké|akkoord|goedgekeurd|aanvaard)(?: door "
    r"[^.]{2,40}| zonder [^.]{2,40}| mits [^.]{2,60}| met [^.]{2,60})?[.!]?$"
    r"|(?:het )?(?:vorig )?verslag [^.?]{0,60}\b(?:goedgekeurd|ok|oké|akkoord)[.!]?[^.?]{0,40}$|zonder "
    r"opmerkingen goedgekeurd)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:de (?:vlaamse )?(?:regering|minister|gemeenteraad|overheid|stad|provincie|directeur|rechter|"
    r"jeugdrechter|school|scholen|ouders|raad van bestuur|schepen|federale \w+|klassenraad|andere \w+|"
    r"meeste \w+|meerderheid van de scholen|klas)|(?:sommigen?|andere|veel|vele|enkele|heel wat|"
    r"verschillende) \w+|in de praktijk|"
    r"het (?:vaph|agentschap|kabinet|departement|ministerie|schepencollege|parket|parlement)|opgroeien|"
    r"vlaanderen|het college)\b(?! (?:en het netwerk))",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r",[”’\"']?\s*(?:zegt|zeggen|klaagt|klagen|vertelt|vertellen|meldt|melden|vindt|vinden|merkt|volgens|"
    r"aldus|hoort)\b",
    re.IGNORECASE,
)
"""Behind what somebody says: "er komt geen bus meer, klagen de ouders"."""

_ONLY_TALK = frozenset(
    {
        Part.CONTEXT,
        Part.OPENING,
        Part.LATER,
        Part.COMING,
        Part.PRESENCE,
        Part.AGENDA,
        Part.OTHER,
        Part.ACTION,
        Part.CARRIED,
        Part.DEADLINE,
    }
)
_REACTS = re.compile(
    r"\b(?:akkoord|ok[eé]?|ja|neen?|blijft|blijven|niet|geen|kan|kunnen|mag|mogen|moet|moeten|wordt|"
    r"worden|keurt|beslist|besluit|kiest|"
    r"gaat|gaan|steunt|positief|negatief|goed(?:gekeurd)?|voortaan|zal|zullen|aanvaard\w*)\b(?!.{0,80}\bgelieve\b)",
    re.IGNORECASE,
)
"""A reaction that says yes, no or how; another is only what they think of it."""

_NOTHING = re.compile(
    r"(?:geen|n\.?v\.?t\.?|nihil|/|-+|geen (?:besluit|beslissing|bijzondere \w+|specifieke \w+))(?: "
    r"nodig)?[.]?$",
    re.IGNORECASE,
)


def find_decisions(told: Sequence[Statement], people: People) -> Iterator[tuple[Statement, bool]]:
    """The statements that tell a decision, and whether the layout marks each."""
    past = _tells_in_past(told)
    for one in told:
        if is_marked(one, people):
            yield one, True
        elif one.part not in _ONLY_TALK and decides(one.text, past=past, before=one.before):
            yield one, False


def is_marked(one: Statement, people: People) -> bool:
    """Whether it stands under "Besluit" or the like, and is neither work for somebody nor nothing."""
    if (
        one.part not in {Part.DECISION, Part.AGREED, Part.REACTION}
        or _NOTHING.match(one.text)
        or asks(one.text)
        or not re.search(r"\w{2}", one.text)
    ):
        return False
    if puts_off_point(one.text) and not one.first:
        return False
    if one.part is Part.AGREED and is_agreed_action(one, people):
        return False
    if one.part is Part.REACTION and not (one.first and _REACTS.search(one.text)):
        return False
    return not is_action(one, people)


def decides(text: str, *, past: bool = False, before: str = "") -> bool:
    """Whether a sentence of prose tells what was decided now. `past`: the report is in the past tense."""
    low = f" {text.lower()}"
    if (
        len(text) > _LONGEST
        or not any(map(low.__contains__, _STEMS))
        or asks(text)
        or wishes(text)
        or is_open(text)
        or puts_off_point(text)
    ):
        return False
    if _BARE.match(text):
        return True
    match = _NOW.search(text)
    if match is None and (
        past or re.match(r"(?:\w+ ){0,3}er werd |er werd|er is |werd |we hebben ", text, re.IGNORECASE)
    ):
        match = _THEN.search(text)
        if match is not None and (
            looks_back(text)
            or (looks_back(before) and text.lower().startswith(("toen", "daar", "tijdens", "dit", "dat")))
        ):
            return False
    if match is None or supposes(text, match.start()) or _REPORTED.search(text, match.end()):
        return False
    theirs = _OTHERS.search(text[: match.end()]) and not re.search(r"\beens$", match.group(), re.IGNORECASE)
    return not theirs and not _retold(text, match)


def _retold(text: str, match: re.Match[str]) -> bool:
    """ "vorig jaar werd beslist", "het budget dat reeds goedgekeurd werd": unless the cue itself is in the present."""
    if re.search(r"\bhad(?:den)?\b|\bniet akkoord\b", match.group(), re.IGNORECASE):
        return True
    return looks_back(text[: match.start()]) and not re.search(
        r"\b(?:wordt|worden|is|gaat|gaan|zijn|kiezen|kiest|mag|krijgt|krijgen)\b",
        match.group(),
        re.IGNORECASE,
    )


def _tells_in_past(told: Sequence[Statement]) -> bool:
    """Whether most of the report is in the past tense."""
    text = " ".join(one.text for one in told)
    then = len(re.findall(r"\b(?:werd|werden|was|waren|vond|stelde|gaf|vroeg|kwam)\b", text, re.IGNORECASE))
    now = len(re.findall(r"\b(?:wordt|worden|is|zijn|vindt|stelt|geeft|vraagt|komt)\b", text, re.IGNORECASE))
    return then * 2 > now
