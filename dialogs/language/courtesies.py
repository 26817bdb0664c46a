"""What letters open and close with: "Beste Nele, ... Met vriendelijke groeten, An" says as much without."""

import re

_NAME = r"(?:[A-ZÀ-ÞŠŽ][\w.'’-]*|van|de|der|den)"
_OPENING = re.compile(
    rf"^\s*(?i:beste|dag|hallo|hey|hoi|hi|geachte|goe(?:de|ie)(?:n|n?dag|morgen|middag|navond|avond)?|goeiedag)"
    rf"(?: (?i:allen|allemaal|collega'?s?|bot|mevrouw|meneer|mijnheer|iedereen)| {_NAME}){{0,3}}\s*[,!\n]\s*(?=\S)"
)
_CLOSING = re.compile(
    r"(?:[.,;!?\n]|\s[-–—])\s*(?i:met (?:vriendelijke|hartelijke|collegiale|beste|warme|oprechte) groet(?:en|jes)?|"
    r"mvg|(?:vriendelijke|hartelijke|veel|lieve|beste|collegiale) groet(?:en|jes)?|groet(?:en|jes)|hoogachtend|"
    r"(?:alvast )?(?:heel erg |hartelijk |zeer |super |al )?(?:bedankt|merci|mercikes|thx|dank(?:jewel|uwel| ?je| ?u)?)"
    r"(?: (?:alvast|wel|bij voorbaat|op voorhand|voor de moeite|voor je hulp|voor uw hulp))?)"
    rf"(?:\s*[,.!\n]?\s*{_NAME}(?: {_NAME}){{0,3}})?[\s.!,]*$"
)
_MOST = 3


def without_courtesies(text: str) -> str:
    """`text` as typed without a salutation before and greetings, thanks and a signature behind; never left empty."""
    said = _OPENING.sub("", text, count=1)
    for _ in range(_MOST):
        found = _CLOSING.search(said)
        if found is None or not said[: found.start()].strip():
            break
        mark = said[found.start() : found.end()][:1]
        said = said[: found.start()] + (mark if mark in {"?", "!"} else "")
    return said if said.strip() else text
