"""The labels that notes begin with ("besluit:", "actie voor An:", "volgende keer:"), and their misspellings."""

import re

from rapidfuzz.distance import OSA

from dialogs.language.agenda_details import MONTHS
from storage.domain.reports import LineKind

MEETING_WORDS = (
    r"(?:bijeenkomst|vergadering|intervisie|samenkomst|stuurgroep|netwerkdag|infomoment|meeting|overleg|sessie)"
)
LABELS: tuple[tuple[LineKind, str], ...] = (
    (
        LineKind.DECISION,
        (
            r"besluit(?:en)?|beslissing(?:en)?|beslist|besloten|afspra(?:ak|ken)|afgesproken|conclusies?|consensus|"
            r"goedgekeurd|decision"
        ),
    ),
    (
        LineKind.ACTION,
        (
            r"a[ck]ties?|acites?|actei|a[ck]tie ?punt(?:en)?|to[ -]?do'?s?|taa?k(?:en|je)?|te doen|ap|op te volgen|"
            r"opvolging|"
            r"opdracht|action"
        ),
    ),
    (LineKind.ATTENDEE, r"aanwezig(?:en)?|zijn er|present|aanwezigheden"),
    (LineKind.EXCUSED, r"verontschuldigd(?:en)?|verontschuldigingen|veronts?\.?|afwezig(?:en)?|excuses"),
    (
        LineKind.NEXT,
        (
            rf"(?:(?:datum )?(?:van )?(?:de |onze )?(?:volgende|eerstvolgende) {MEETING_WORDS}|volgende datum|"
            rf"volgende data|nieuwe datum|volgende {MEETING_WORDS}en)"
        ),
    ),
    (LineKind.DATE, r"dat(?:um|a)|deadlines?|te onthouden|onthouden|onthou|save the date|belangrijke data"),
    (
        LineKind.CARRIED,
        (
            rf"(?:wordt |punt )?(?:uitgesteld|verschoven|doorgeschoven|her(?:nemen|nomen)|verdaagd)"
            rf"(?: (?:naar|tot|in|op) (?:de )?(?:(?:begin |eind |midden )?{MONTHS}(?: \d{{4}})?|volgende \w+|"
            rf"\d[\d/. -]*\w*))?"
        ),
    ),
    (
        LineKind.TOPIC,
        (
            r"(?:(?:mee (?:te )?nemen|meenemen|te bespreken|bespreken|hernemen) )?(?:(?:voor|naar) )?(?:de )?"
            r"volgende keer(?: (?:bespreken|hernemen|meenemen))?|topics? voor later|thema'?s? voor later"
        ),
    ),
)
ANY_LABEL = "|".join(words for _, words in LABELS)
BEFORE_A_LABEL = (
    r"(?:(?:hey|hallo|dag|bot|ok|oke|aub|even|ook|nog|en|"
    r"voor het verslag|voor in het verslag|in het verslag)[ ,:]+)*"
    r"(?:(?:kan|kun|kunt|kunde|wil|wilt|wilde|zou|zoudt|mag) (?:je|u|ge|gij|ik) |gelieve (?:te )?|graag )?"
    r"(?:(?:even|ook|eens|es|is|ff|efkes|effe|kunnen|willen) )*"
    r"(?:(?:noteer|noteren|note|schrijf|schrijft|zet|nota)(?: (?:even|ook|nog|eens|es|is|maar|dan|op|erbij|bij|als|"
    r"onder|volgend|volgende|dit|een|het|de|in het verslag|in de notities))* ?,? ?)?"
    r"(?:(?:nieuwe?|extra|nog een|een|volgende?|ander|andere|mijn|onze) (?!keer))*"
)

_FUZZY: tuple[str, ...] = (
    *("besluit", "beslissing", "beslist", "besloten", "afspraak", "afgesproken", "actie", "actiepunt", "aanwezig"),
    *("verontschuldigd", "afwezig"),
)
_FIRST_WORD = re.compile(r"(?P<word>[^\W\d_]{5,15})(?=(?: (?:voor )?[^\W\d_]{2,20})? ?:(?!\d|//))")
_NEXT_TIME = re.compile(r"(?P<word>v[^\W\d_]{5,9})(?= keer ?:)")
_NO_TYPO = frozenset({"actief", "acties", "actieve", "besluiten", "afspraken", "beslisser", "afspraakje"})
_LONG = 9
"""Letters from which two slips are taken for a typo."""


def spelled(line: str, folded: str) -> str:
    """A line with a misspelled label at its start put right: "besluti: we stoppen"."""
    found, known = _FIRST_WORD.match(folded), _FUZZY
    if (next_time := _NEXT_TIME.match(folded)) is not None:
        found, known = next_time, ("volgende",)
    if found is None or found["word"] in _NO_TYPO:
        return line
    word = found["word"]
    near = (one for one in known if one[0] == word[0] and 0 < OSA.distance(one, word) <= 1 + (len(one) >= _LONG))
    meant = next(near, None)
    return line if meant is None or word in known else meant + line[len(word) :]
