"""What a coordinator wants to be sent before meetings: which rule, and its new value, in what they typed."""

import re
from dataclasses import dataclass

from dialogs.language.spelling import fold

_MESSAGES = (
    ("reminder", r"\bherinner(?:ing(?:en)?|en|t)?\b"),
    ("nudge", r"\b(?:duwtjes?|por(?:retje)?s?|aanmaning(?:en)?|aansporing(?:en)?|nudges?)\b"),
    ("invitation", r"\b(?:uitnodiging(?:en)?|uitnodig(?:en|t)?)\b"),
)
_OPROEP = re.compile(r"\boproep(?:en|je)?\b")
_AGENDA = re.compile(r"\b(?:agenda'?s?|dagorde)\b")
_PUBLISHES = re.compile(
    r"\b(?:publiceer\w*|publiceren|gepubliceerd|publicatie\w*|verstuur\w*|versturen|verstuurd|stuur|sturen|vanzelf)\b"
)
_DRAFT = re.compile(r"\b(?:ontwerp\w*|voorstel|draft|kladversie|eerste versie)\b")
_CASES = re.compile(r"\b[ck]asus\w*|\bcases?\b")
_KEEPS = re.compile(
    r"\b(?:bewaar\w*|bewaren|bijhoud\w*|hou|houd|houden|wis|wissen|gewist|verwijder\w*|vergeet|schrap|weg)\b"
)
_CARRIES = re.compile(
    r"\b(?:stel\w*|uit(?:ge)?stel\w*|verschui\w*|verschoven|schuif\w*|schuiven|door(?:ge)?sch\w*|verplaats\w*|"
    r"hernomen)\b"
)
_SUMMARY = re.compile(r"\b(?:samenvatting(?:en)?|verslag(?:en)?|notulen)\b")
_POSTED = re.compile(
    r"\b(?:plaats\w*|geplaatst|post\w*|gepost|publiceer\w*|publiceren|gepubliceerd|verstu\w*|stuur|sturen|zet|"
    r"deel\w*|geef|"
    r"geven|komt|komen|gaat|gaan|verschijn\w*|mag|mogen|moet|moeten|laat|samenvattingen)\b"
)
_AFTER_APPROVAL = re.compile(
    r"\b(?:na|zonder|met|als ik|zodra ik|wanneer ik|eerst|tot ik)\b.{0,40}\b(?:goedkeur\w*|akkoord|ok|oke|"
    r"bevestig\w*|nalees|"
    r"nagelezen|nakijk|nagekeken|gezien|goedvind|goed vind)\b|\bna (?:mijn|onze) ok\b"
)
_AT_ONCE = re.compile(
    r"\b(?:meteen|onmiddellijk|direct|dadelijk|subiet|terstond|seffens|zodra|na afloop|"
    r"recht(?:streeks)? na)\b"
)
_AT_NOON = re.compile(
    r"\b(?:volgende werkdag|werkdag nadien|werkdag erna|dag nadien|dag erna|volgende dag|'s middags|twaalf uur)\b|"
    r"\b12 ?(?:u|uur|h)\b"
)
_BY_ITSELF = re.compile(
    r"\b(?:automatisch\w*|vanzelf|stilzwijgend\w*|stille?|stilte|zonder (?:bezwaar|bezwaren|"
    r"reactie|opmerkingen))\b"
)
_APPROVES = re.compile(r"\b(?:keur\w*|goedkeur\w*|goedgekeurd|goedkeuring)\b")
_SWITCHED_OFF = re.compile(r"\b(?:geen|nooit|stop|zonder|niet|uit|af|uitschakelen|schakel .* uit|afzetten)\b")
_ACTIONS = re.compile(r"\b(?:a[ck]ties?|actiepunt(?:en)?|taak|taken|to[ -]?do'?s?)\b")
_REMINDS = re.compile(
    r"\b(?:herinner\w*|(?:ver)?wittig\w*|verwittigen|waarschuw\w*|reminders?|seintjes?|duwtjes?|porren)\b"
)
_LATE = re.compile(
    r"\b(?:te laa?te?|laattijdige?|achterstallige?|over tijd|over (?:de|hun|zijn) (?:tijd|datum|deadline|termijn)|"
    r"overschreden|vervallen|verlopen|verstreken|werkdag(?:en)? (?:later|erna|nadien)|"
    r"(?:(?:werk)?dag(?:en)?|we(?:ek|ken)) (?:na\b|later|erna|nadien|te laat))"
)
_LAST = re.compile(r"\b(?:laatste|allerlaatste|tweede|nog eens|nog een keer)\b|\b(?:dag|dagen) (?:zelf|tevoren)\b")
_OFFER = re.compile(r"\b(?:aanbod|aanbieden|bied|biedt|aangeboden)\b")
_NEVER = re.compile(r"\b(?:geen|nooit|stop|zonder)\b|\bniet (?:meer )?(?:te )?(?:sturen|versturen)\b|\bniet meer\b")
_EMPTY = re.compile(
    r"\b(?:wis|verwijder|haal|schrap)\b.*\btekst\b|\btekst\b.*\b(?:weg|leeg)\b|\bgeen (?:eigen )?tekst\b"
)
_TEXT = re.compile(
    r"\b(?:in|bij|aan|onder|als tekst voor|tekst van|tekst voor)\s+(?:de|het|een|elke|iedere)?\s*"
    r"(?:tekst van (?:de|het)\s+)?(?:herinnering|uitnodiging|duwtje|por|aanmaning|oproep)\w*"
    r"(?:\s+(?:voor|van|bij)\s+[^:]{1,60})?\s*:\s*(?P<said>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNT = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_WORDS)})\s*(werkdag(?:en)?|dag(?:en)?|week|weken|uur|uren)\b")
_TIMES = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_WORDS)})\s*(?:keer|maal|x)\b")
_LONG = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_WORDS)})\s*(dag(?:en)?|week|weken|maand(?:en)?)\b")
_DAYS_A_WEEK = 5
_CALENDAR_DAYS = {"d": 1, "w": 7, "m": 30}


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A rule by its name in `storage.domain.rules`, and its new value; "" is no text."""

    name: str
    value: str


def asked_rule(text: str, number: int | None) -> AskedRule | None:
    """The rule that a text sets; None where it sets none. `number` is the one that was found in it.

    Days are working days, a week is five of them; of cases they are days of the calendar.
    """
    folded = fold(text)
    for read in (_of_summaries, _of_agendas, _of_actions):
        if (asked := read(text, folded, number)) is not None:
            return asked
    message = next((name for name, pattern in _MESSAGES if re.search(pattern, folded)), None)
    if message is None:
        return _offer(folded, number)
    if (said := _TEXT.search(text)) is not None:
        return AskedRule(f"{message}_text", said["said"].strip().strip('"“”').strip())
    if _EMPTY.search(folded):
        return AskedRule(f"{message}_text", "")
    if message == "invitation":
        return None
    count = _count(folded, number)
    if count is None and _NEVER.search(folded):
        count = 0
    return AskedRule(f"{message}_days", str(count)) if count is not None else None


def _of_summaries(_text: str, folded: str, number: int | None) -> AskedRule | None:
    """When a summary is posted ("pas na mijn goedkeuring"), and after how long a silence a report is approved.

    Days are working days; 0: never by silence.
    """
    count = _COUNT.search(folded)
    approves = _APPROVES.search(folded) is not None
    if approves and (_BY_ITSELF.search(folded) or (_SUMMARY.search(folded) and count is not None)):
        if count is None and number is None:
            return AskedRule("approve_days", "0") if _SWITCHED_OFF.search(folded) else None
        return AskedRule("approve_days", str(_count(folded, number)))
    if _SUMMARY.search(folded) is None or _POSTED.search(folded) is None:
        return None
    ways = (("approval", _AFTER_APPROVAL), ("noon", _AT_NOON), ("at_once", _AT_ONCE))
    way = next((name for name, pattern in ways if pattern.search(folded)), None)
    return AskedRule("summary_when", way) if way is not None else None


def _of_agendas(text: str, folded: str, number: int | None) -> AskedRule | None:
    """What a text sets about agendas, cases and the call for points; "een week" is seven days for a case."""
    if _OPROEP.search(folded):
        if (said := _TEXT.search(text)) is not None:
            return AskedRule("input_text", said["said"].strip().strip('"“”').strip())
        return AskedRule("input_text", "") if _EMPTY.search(folded) else None
    if _CASES.search(folded) and _KEEPS.search(folded):
        found = _LONG.search(folded)
        return AskedRule("case_days", str(_number(found[1]) * _CALENDAR_DAYS[found[2][0]])) if found else None
    if _CARRIES.search(folded) and (times := _TIMES.search(folded)) is not None:
        return AskedRule("carry_most", str(_number(times[1])))
    if _AGENDA.search(folded) is None or not (_PUBLISHES.search(folded) or _DRAFT.search(folded)):
        return None
    name = "agenda_draft_days" if _DRAFT.search(folded) else "agenda_days"
    count = _count(folded, number)
    if count is None and (_NEVER.search(folded) or re.search(r"\bniet\b", folded)):
        count = 0
    return AskedRule(name, str(count)) if count is not None else None


def _of_actions(_text: str, folded: str, number: int | None) -> AskedRule | None:
    """When who has an action is reminded: so many days of the calendar before it is due, or working days after it."""
    if _ACTIONS.search(folded) is None or _REMINDS.search(folded) is None:
        return None
    late = _LATE.search(folded) is not None
    name = "action_late_days" if late else "action_last_days" if _LAST.search(folded) else "action_days"
    found = None if late else _LONG.search(folded)
    count = _number(found[1]) * _CALENDAR_DAYS[found[2][0]] if found else _count(folded, number)
    if count is None and _NEVER.search(folded):
        count = 0
    return AskedRule(name, str(count)) if count is not None else None


def _offer(folded: str, number: int | None) -> AskedRule | None:
    """For how many hours a seat is offered that comes free shortly before a meeting."""
    found = _COUNT.search(folded) if _OFFER.search(folded) else None
    if found is None or not found[2].startswith("u"):
        return None
    count = _number(found[1]) if number is None else number
    return AskedRule("offer_hours", str(count)) if count else None


def _count(folded: str, number: int | None) -> int | None:
    """So many working days, with the unit that was said."""
    found = _COUNT.search(folded)
    if found is None:
        return number
    return _number(found[1]) * (_DAYS_A_WEEK if found[2] in {"week", "weken"} else 1)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _WORDS.index(word)
