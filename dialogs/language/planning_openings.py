"""How a coordinator begins to plan: "nieuwe intervisie op …" plans one, whatever is told of it after that."""

import re
from functools import cache

from dialogs.language.intents import Intent
from dialogs.language.references import kind_words
from dialogs.language.spelling import fold

_ASKED = r"(?:kan je|kun je|kunt u|wil je|wilt u|zou je|ik wil|ik wou|ik zou|we willen|mag ik|laten we|graag)"
_POLITE = rf"(?:(?:hoi|dag|hallo|hey|ok|oke|bot|{_ASKED}|even|eens|alvast|ook|graag)\b[ ,!]*){{0,5}}"
_BEGS = rf".{{0,30}}?\b{_ASKED}\b"
_MAKES = r"(?:maak|plan|zet|voeg|creeer|organiseer|leg|start|registreer)"
_REPEATED = re.compile(
    r"\b(?:telkens|reeks|per (?:school)?jaar|om de \w+ (?:weken|maanden)|elke|iedere|maandelijks|wekelijks)\b"
)


def opening(text: str) -> Intent | None:
    """What a text that begins so is for; None when it begins otherwise, or only asks whether there is such a thing."""
    said = fold(text).strip()
    found = _opening().match(said)
    if found is None or (said.endswith("?") and not re.match(_BEGS, said)):
        return None
    return Intent.MEETING_SERIES if _REPEATED.search(said) else Intent.MEETING_CREATE


@cache
def _opening() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, kind_words()), key=len, reverse=True))
    return re.compile(
        rf"{_POLITE}(?:(?:{_MAKES} (?:me |ons )?)?(?:een |nog een )?(?:nieuwe?|extra|bijkomende?) (?:{kinds})\b"
        rf"|{_MAKES} (?:me |ons )?(?:een |nog een )(?:{kinds})\b)"
    )
