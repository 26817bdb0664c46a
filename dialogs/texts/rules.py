"""What the bot says about what goes out by itself before each kind of meeting."""

from collections.abc import Mapping

from dialogs.texts.meetings import PLURALS
from dialogs.texts.words import bullets, capital, enumeration, plain
from storage.domain.meetings import MeetingKind
from storage.domain.reports import Release
from storage.domain.rules import HIGHEST, LONGEST_RULE_TEXT, Rules

HEAD = "Dit stuur ik vooraf:"
HOW = "Zeg bijvoorbeeld “stuur de herinnering voor intervisies drie werkdagen vooraf”, “stuur geen herinnering voor infomomenten” of “zet in de uitnodiging voor netwerkdagen: breng je badge mee”."
ALL_KINDS = "alle bijeenkomsten"
LINE = "{kinds}: {what}"
REMINDER_DAYS = "een herinnering {days} voor de bijeenkomst"
NUDGE_DAYS = "een duwtje {days} voor de laatste inschrijvingsdag"
NO_REMINDER = "geen herinnering"
NO_NUDGE = "geen duwtje"
AGENDA_DAYS = "de agenda {days} voor de bijeenkomst"
AGENDA_DRAFTED = "{agenda} (met {days} eerder een ontwerp voor de organisator)"
NO_AGENDA = "de agenda niet vanzelf"
CASES_KEPT = "wat er over een casus verteld is, wis ik {days} na de bijeenkomst"
CARRIED = "een punt schuift hoogstens {count} keer vanzelf door"
NOT_CARRIED = "een punt schuift niet vanzelf door"
ACTIONS = "aan een actie herinner ik {days} vooraf"
SUMMARY = "de samenvatting plaats ik {when}"
APPROVED = "een verslag waar niemand iets op aanmerkt, is na {days} goedgekeurd"
OFFER = "een plaats die in de laatste {hours} uur vrijkomt, wordt {offer} uur aangeboden"
EXTRA = "{where}: “{text}”"
IN_THE_INVITATION = "in de uitnodiging"
IN_THE_NUDGE = "in het duwtje"
IN_THE_REMINDER = "in de herinnering"
IN_THE_CALL = "in de oproep voor agendapunten"

SURE = "Voor {kinds}: {what}. Is dat goed? Het geldt voor iedereen."
SET = "In orde. Voor {kinds}: {what}."
LEFT = "In orde, ik laat het zoals het is."
SET_REMINDER = "ik stuur de herinnering {days} vooraf"
SET_NO_REMINDER = "ik stuur geen herinnering meer"
SET_NUDGE = "wie niet antwoordde, krijgt {days} voor de laatste inschrijvingsdag een duwtje"
SET_NO_NUDGE = "ik stuur geen duwtje meer"
SET_AGENDA = "ik publiceer de agenda {days} vooraf"
SET_NO_AGENDA = "ik publiceer de agenda niet meer vanzelf"
SET_AGENDA_DRAFT = "de organisator krijgt {days} voor de publicatie een ontwerp van de agenda"
SET_NO_AGENDA_DRAFT = "er gaat geen ontwerp van de agenda meer vooraf naar de organisator"
SET_CASES = "wat er over een casus verteld is, wis ik {calendar} na de bijeenkomst"
SET_NO_CASES = "wat er over een casus verteld is, wis ik de dag zelf, na de bijeenkomst"
SET_CARRY = "een punt dat niet aan bod kwam, schuift hoogstens {count} keer vanzelf door"
SET_NO_CARRY = "een punt dat niet aan bod kwam, schuift niet meer vanzelf door"
SET_ACTION = "wie een actie heeft, krijgt {calendar} vooraf een eerste herinnering"
SET_NO_ACTION = "wie een actie heeft, krijgt geen eerste herinnering meer"
SET_ACTION_LAST = "wie een actie heeft, krijgt {calendar} vooraf een laatste herinnering"
SET_NO_ACTION_LAST = "wie een actie heeft, krijgt geen laatste herinnering meer"
SET_ACTION_LATE = "wie een actie nog open heeft staan, hoort dat {days} nadien, en daarna elke week"
SET_NO_ACTION_LATE = "over acties waarvan de dag voorbij is, stuur ik geen herinnering meer"
SET_SUMMARY = "ik plaats de samenvatting {when}"
SET_APPROVE = "een verslag waar niemand iets op aanmerkt, is na {days} vanzelf goedgekeurd"
SET_NO_APPROVE = "een verslag wordt alleen op een bijeenkomst goedgekeurd"
SET_OFFER = "een plaats die kort vooraf vrijkomt, bied ik {count} uur aan"
SET_OFFERS_FROM = "vanaf {count} uur vooraf bied ik een vrije plaats eerst aan"
SET_TEXT = "{where} zet ik “{text}”"
SET_NO_TEXT = "{where} staat geen eigen tekst meer"
NOT_SENSIBLE = "Dat moet een geheel getal zijn van 0 tot {highest}."
TOO_LONG = "Hou de tekst op {longest} tekens."
SAVED = "In orde, zo doe ik het voor {kinds}."

BUTTON_YES = "Ja, zo is het goed"
BUTTON_NO = "Nee, laat staan"
BUTTON_SAVE = "Bewaren voor {kinds}"
LABEL_REMINDER_DAYS = "Herinnering: werkdagen vooraf (0 = geen)"
LABEL_NUDGE_DAYS = "Duwtje: werkdagen voor de laatste inschrijvingsdag (0 = geen)"
LABEL_AGENDA_DAYS = "Agenda publiceren: werkdagen vooraf (0 = niet vanzelf)"
LABEL_AGENDA_DRAFT_DAYS = "Ontwerp: werkdagen voor de publicatie (0 = geen)"
LABEL_CASE_DAYS = "Teksten van casussen wissen: dagen na de bijeenkomst"
LABEL_CARRY_MOST = "Hoe vaak een punt vanzelf doorschuift"
LABEL_ACTION_DAYS = "Actie, eerste herinnering: dagen vooraf (0 = geen)"
LABEL_ACTION_LAST_DAYS = "Actie, laatste herinnering: dagen vooraf (0 = geen)"
LABEL_ACTION_LATE_DAYS = "Actie, na de dag: werkdagen nadien en dan elke week (0 = nooit)"
LABEL_SUMMARY_WHEN = "Wanneer de samenvatting geplaatst wordt"
LABEL_APPROVE_DAYS = "Verslag goedgekeurd na zoveel werkdagen zonder opmerking (0 = nooit vanzelf)"
LABEL_INPUT_TEXT = "Eigen tekst in de oproep voor agendapunten"
LABEL_INVITATION_TEXT = "Eigen tekst in de uitnodiging"
LABEL_NUDGE_TEXT = "Eigen tekst in het duwtje"
LABEL_REMINDER_TEXT = "Eigen tekst in de herinnering"

RELEASES = {
    Release.NOON.value: "de volgende werkdag om 12 uur",
    Release.AT_ONCE.value: "meteen na de bijeenkomst",
    Release.APPROVAL.value: "pas als iemand ze goedkeurt",
}
"""When a summary goes out, by the value of the rule."""

_WHERE = {
    "invitation_text": IN_THE_INVITATION,
    "nudge_text": IN_THE_NUDGE,
    "reminder_text": IN_THE_REMINDER,
    "input_text": IN_THE_CALL,
}
_COUNTED = {
    "reminder_days": (SET_REMINDER, SET_NO_REMINDER),
    "nudge_days": (SET_NUDGE, SET_NO_NUDGE),
    "agenda_days": (SET_AGENDA, SET_NO_AGENDA),
    "agenda_draft_days": (SET_AGENDA_DRAFT, SET_NO_AGENDA_DRAFT),
    "case_days": (SET_CASES, SET_NO_CASES),
    "carry_most": (SET_CARRY, SET_NO_CARRY),
    "action_days": (SET_ACTION, SET_NO_ACTION),
    "action_last_days": (SET_ACTION_LAST, SET_NO_ACTION_LAST),
    "action_late_days": (SET_ACTION_LATE, SET_NO_ACTION_LATE),
    "approve_days": (SET_APPROVE, SET_NO_APPROVE),
    "offer_hours": (SET_OFFER, SET_OFFER),
    "offers_from_hours": (SET_OFFERS_FROM, SET_OFFERS_FROM),
}


def rules(found: Mapping[MeetingKind, Rules]) -> str:
    """The rules of some kinds of meetings."""
    rows = [LINE.format(kinds=capital(kinds(kind)), what=_what(one)) for kind, one in found.items()]
    return f"{HEAD}\n\n{bullets(rows)}\n\n{HOW}"


def _what(one: Rules) -> str:
    parts = [
        REMINDER_DAYS.format(days=days(one.reminder_days)) if one.reminder_days else NO_REMINDER,
        NUDGE_DAYS.format(days=days(one.nudge_days)) if one.nudge_days else NO_NUDGE,
        _agenda(one),
    ]
    said = [(where, getattr(one, name)) for name, where in _WHERE.items() if getattr(one, name)]
    extra = [EXTRA.format(where=where, text=plain(text)) for where, text in said]
    offer = OFFER.format(hours=one.offers_from_hours, offer=one.offer_hours)
    carried = CARRIED.format(count=one.carry_most) if one.carry_most else NOT_CARRIED
    after = [SUMMARY.format(when=RELEASES[one.summary_when])]
    after += [APPROVED.format(days=days(one.approve_days))] if one.approve_days else []
    acts = [_calendar(count) for count in (one.action_days, one.action_last_days) if count]
    after += [ACTIONS.format(days=enumeration(acts))] if acts else []
    kept = CASES_KEPT.format(days=_calendar(one.case_days))
    return "; ".join([enumeration(parts), *extra, offer, kept, carried, *after])


def _agenda(one: Rules) -> str:
    """When the agenda is published by itself."""
    if not one.agenda_days:
        return NO_AGENDA
    agenda = AGENDA_DAYS.format(days=days(one.agenda_days))
    return AGENDA_DRAFTED.format(agenda=agenda, days=days(one.agenda_draft_days)) if one.agenda_draft_days else agenda


def _calendar(count: int) -> str:
    """So many days, working or not."""
    return "1 dag" if count == 1 else f"{count} dagen"


def kinds(kind: MeetingKind | None) -> str:
    """A kind of meetings, or all: "intervisies"."""
    return PLURALS[kind] if kind else ALL_KINDS


def days(count: int) -> str:
    """So many working days."""
    return "1 werkdag" if count == 1 else f"{count} werkdagen"


def _change(name: str, value: str) -> str:
    if name in _WHERE:
        where = _WHERE[name]
        return SET_TEXT.format(where=where, text=plain(value)) if value else SET_NO_TEXT.format(where=where)
    if name == "summary_when":
        return SET_SUMMARY.format(when=RELEASES[value])
    some, none = _COUNTED[name]
    said = {"days": days(int(value)), "calendar": _calendar(int(value)), "count": value}
    return some.format(**said) if int(value) else none.format(**said)


def sure(kind: MeetingKind | None, name: str, value: str) -> str:
    """Whether a rule is to be set."""
    return SURE.format(kinds=kinds(kind), what=_change(name, value))


def set_to(kind: MeetingKind | None, name: str, value: str) -> str:
    """A rule was set."""
    return SET.format(kinds=kinds(kind), what=_change(name, value))


def saved(kind: MeetingKind) -> str:
    """The rules of a kind were set."""
    return SAVED.format(kinds=kinds(kind))


def not_sensible() -> str:
    """This number can't be."""
    return NOT_SENSIBLE.format(highest=HIGHEST)


def too_long() -> str:
    """This text can't be."""
    return TOO_LONG.format(longest=LONGEST_RULE_TEXT)
