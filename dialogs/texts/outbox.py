"""What the bot says about what it sends by itself: announcements, questions passed on, and the list of both."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.texts.words import capital, enumeration, hour, near_day, paragraphs, people, plain
from storage.domain.announcements import Announcement, Asked
from storage.domain.attendance import MISSED_TWICE, SEATS_80, SEATS_FULL
from storage.domain.invitations import (
    INVITATION,
    INVITATION_POST,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    NUDGE,
    REMINDER,
    UNREACHED,
)
from storage.domain.notices import NoticeState
from storage.domain.people import Person
from storage.domain.publishing import AGENDA, AGENDA_CHANGED, AGENDA_DRAFT, AGENDA_NUDGE, AGENDA_POST

SAY_WHAT = "Wat wil je laten weten? Zeg het in één keer, bijvoorbeeld: “Stuur naar iedereen: de zaal is veranderd.”"
DRAFT_PERSONAL = "Dit stuur ik persoonlijk naar {people}, {when}:"
DRAFT_CHANNEL = "Dit plaats ik in het kanaal, {when}:"
IS_THAT_RIGHT = "Is het goed zo?"
AT_ONCE = "meteen"
SENDING = "In orde, ik stuur het {when} naar {people}."
POSTING = "In orde, ik plaats het {when} in het kanaal."
DROPPED = "In orde, ik verstuur het niet."
ANNOUNCED = "**Bericht van {name}**"
ANNOUNCED_THAT = "**{name}** laat weten {that}"

BUTTON_SEND = "Versturen"
BUTTON_SEND_AT = "Versturen {when}"
BUTTON_SEND_NOW = "Nu meteen"
BUTTON_DROP = "Toch niet"
BUTTON_HOLD = "Tegenhouden"
BUTTON_RESUME = "Laten gaan"
BUTTON_CANCEL = "Annuleren"
BUTTON_CANCEL_SURE = "Ja, annuleer"
BUTTON_KEEP = "Nee, laat staan"
BUTTON_AGAIN = "Opnieuw versturen"
BUTTON_CLOSE = "Zo laten"
BUTTON_SHOW = "Bericht {number}"
BUTTON_ASK = "Vraag het aan {name}"
BUTTON_ANSWER = "Antwoorden"

SAID_SEND = (
    BUTTON_SEND,
    "Verstuur",
    "Verstuur maar",
    "Stuur maar",
    "Stuur het maar",
    "Verstuur het maar",
    "Zo is het goed",
)
SAID_NOW = (BUTTON_SEND_NOW, "Stuur nu", "Stuur het nu", "Verstuur nu", "Ja, nu meteen")
SAID_DROP = (BUTTON_DROP, "Toch maar niet", "Niet versturen", "Niet sturen", "Verstuur het niet", "Stuur het niet")
SAID_CANCEL = (BUTTON_CANCEL_SURE, BUTTON_CANCEL, "Annuleer", "Annuleer maar", "Ja, annuleer maar", "Ja, annuleren")

NOTHING_PLANNED = "Er staat niets klaar om te versturen, en er is niets misgelopen."
PLANNED = "Dit staat klaar of vraagt je aandacht:"
WHICH_ONE = "Welk bericht bedoel je? Er staan er {count} klaar; geef het nummer erbij, zoals in “{example}”."
EXAMPLE_WHICH = "verstuur bericht 2 nu"
NO_SUCH_NUMBER = "Er is geen bericht {number}. Vraag “wat staat er klaar?” voor de lijst."

ABOUT_ANNOUNCEMENT = "de mededeling “{text}”"
ABOUT_ASKED = "de vraag van {name} aan de coördinator"
ABOUT_ANSWERED = "het antwoord aan {name}"
ABOUT_OTHER = "het bericht"
ABOUT_MEETING = {
    INVITATION: "de uitnodiging voor {title}",
    INVITATION_POST: "de uitnodiging voor {title}",
    NUDGE: "het duwtje voor {title}",
    REMINDER: "de herinnering voor {title}",
    MEETING_CHANGED: "de verandering van {title}",
    MEETING_CANCELLED: "het bericht dat {title} niet doorgaat",
    UNREACHED: "het bericht over wie niet bereikt is voor {title}",
    SEATS_80: "het bericht dat {title} volloopt",
    SEATS_FULL: "het bericht dat {title} volzet is",
    MISSED_TWICE: "het bericht over wie twee keer niet naar {title} kwam",
    AGENDA: "de agenda van {title}",
    AGENDA_POST: "de agenda van {title}",
    AGENDA_CHANGED: "het bericht over wat er veranderd is aan de agenda van {title}",
    AGENDA_DRAFT: "het ontwerp van de agenda van {title}",
    AGENDA_NUDGE: "de herinnering aan wie iets meebrengt voor {title}",
}
"""What a group of notices about a meeting is, by their kind."""

ABOUT_SEAT_GIVEN = "het bericht aan wie doorschuift naar een plaats op {title}"
ABOUT_SEAT_OFFERED = "de plaats die ik aanbied op {title}"
ABOUT_OFFER_LAPSED = "het bericht dat een aangeboden plaats op {title} voorbij is"
ABOUT_REGISTERED = "het bericht aan wie een ander in- of uitschreef voor {title}"
ABOUT_REPLACES = "het bericht aan wie iemand vervangt op {title}"
ABOUT_PRESENTER_OUT = "het bericht dat een spreker wegvalt op {title}"
ABOUT_SESSION_GIVEN = "het bericht over een vrijgekomen plaats in een sessie van {title}"
ABOUT_SESSION_ASSIGNED = "het bericht over de verdeling van de sessies van {title}"
ABOUT_PROPOSED = "het bericht over wat er voorgesteld is voor {title}"
ABOUT_COMMENTED = "het bericht over opmerkingen bij “{title}”"

TO_PEOPLE = "naar {people}"
TO_CHANNEL = "in het kanaal"
CHANNEL = "het kanaal"
CHAT = "een chat"
STATE_READY = "nog {count} te versturen ({when})"
STATE_HELD = "{count} tegengehouden"
STATE_SENDING = "{count} onderweg"
STATE_SENT = "{count} verstuurd"
STATE_FAILED = "{count} mislukt"
STATE_AMBIGUOUS = "{count} misschien niet aangekomen"
NOT_SURE = "Niet zeker of het aangekomen is bij {names}."
NOT_FOUND = "Niet in het team in Teams: {names}."
BLOCKED = "Heeft me verwijderd of geblokkeerd: {names}."
NOT_REACHED = "Niet aangekomen bij {names}."
AND_OTHERS = "En nog {people}."

SURE_TO_CANCEL = "Wil je {what} annuleren? Wat nog niet weg is, gaat dan niet meer weg."
DONE_NOW = "Goed, {what} gaat nu weg."
DONE_HOLD = "Goed, ik hou {what} tegen tot je zegt dat het mag vertrekken."
DONE_RESUME = "Goed, {what} gaat toch weg: {when}."
DONE_CANCEL = "Goed, {what} is geannuleerd."
DONE_CANCEL_REST = "Bij {people} is het al aangekomen, dat kan ik niet terughalen."
DONE_CLOSE = "In orde, {what} laat ik zoals het is."
DONE_AGAIN = "Goed, ik verstuur {what} opnieuw."
KEPT = "In orde, ik laat het zoals het is."

TROUBLE = "Niet alles wat ik moest versturen is zeker aangekomen: {what}. Vraag me “wat staat er klaar om te versturen?” om te kiezen wat ik ermee doe."
TROUBLE_FAILED = "{count} mislukt"
TROUBLE_AMBIGUOUS = "bij {count} weet ik het niet zeker"

PASSED_ON = "Ik geef het door aan {names}. Zodra er een antwoord is, hoor je het van mij."
ASK_WHAT = "Wat wil je vragen? Zeg het in één keer, bijvoorbeeld: “Vraag aan {name} of er parking is.”"
ASK_YOURSELF = "Jij bent zelf de coördinator: er is niemand anders aan wie ik het kan vragen."
ASKS = "**{name}**{organisation} vraagt:"
TELLS = "**{name}**{organisation} laat weten:"
ANSWERED = "**{name}** antwoordt op “{question}”:"
ANSWER_SENT = "Je antwoord is onderweg naar {name}."
ANSWER_SENT_FAQ = "Je antwoord is onderweg naar {name}, en het staat nu bij de veelgestelde vragen."
ANSWERED_BY = "Beantwoord door {name}:"
LABEL_ANSWER = "Je antwoord"
LABEL_FAQ = "Zet dit ook bij de veelgestelde vragen"
LABEL_WORDING = "Zo staat de vraag dan in de lijst (pas gerust aan)"
LABEL_ALSO = "Zo kan ze ook gesteld worden, één per lijn (zonder namen)"
TYPE_ANSWER = "Typ je antwoord"

_STATES = (
    (NoticeState.HELD, STATE_HELD),
    (NoticeState.SENDING, STATE_SENDING),
    (NoticeState.FAILED, STATE_FAILED),
    (NoticeState.AMBIGUOUS, STATE_AMBIGUOUS),
    (NoticeState.SENT, STATE_SENT),
)
_SHORT = 60
_THAT = "dat "
"""How a text begins that was said as "laat iedereen weten dat …": it only makes a sentence after "laat weten"."""


_WORDS = re.compile(r"\w+")


def says(text: str, ways: Sequence[str]) -> bool:
    """Whether a text is one of these ways of saying something, whatever its capitals and signs."""
    said = _WORDS.findall(text.lower())
    return any(said == _WORDS.findall(way.lower()) for way in ways)


def quoted(text: str) -> str:
    """What somebody wrote, as a quote."""
    return "\n\n".join(f"> {line}" for line in paragraphs(text).split("\n\n"))


def short(text: str) -> str:
    """The beginning of what somebody wrote, on one line."""
    line = " ".join(text.split())
    return plain(line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…")


def when(moment: datetime, now: datetime) -> str:
    """When something goes out: "meteen", "vandaag om 16 uur", "maandag 23 november om 8 uur"."""
    if moment <= now:
        return AT_ONCE
    near, _, _ = near_day(moment.date(), now.date()).partition(", ")
    this_year = near.removesuffix(f" {now.year}")
    return f"{this_year} om {hour(moment)} uur"


def saying_that(text: str) -> str:
    """The text of an announcement that was said as "laat iedereen weten dat …"."""
    return _THAT + text


def saying(text: str) -> str:
    """The text of any other announcement, which stands by itself also when its first word is "dat"."""
    return capital(text) if text.startswith(_THAT) else text


def draft(announcement: Announcement, count: int, goes: str) -> str:
    """An announcement before it is sent."""
    head = (
        DRAFT_CHANNEL.format(when=goes)
        if announcement.to_channel
        else DRAFT_PERSONAL.format(people=people(count), when=goes)
    )
    shown = "\n\n".join(f"> {part}" for part in announced(announcement).split("\n\n"))
    return f"{head}\n\n{shown}\n\n{IS_THAT_RIGHT}"


def sending(announcement: Announcement, count: int, goes: str) -> str:
    """An announcement that will be sent."""
    return POSTING.format(when=goes) if announcement.to_channel else SENDING.format(when=goes, people=people(count))


def announced(announcement: Announcement) -> str:
    """An announcement as it is sent."""
    name, text = plain(announcement.author.name), paragraphs(announcement.text)
    if announcement.text.startswith(_THAT):
        return ANNOUNCED_THAT.format(name=name, that=text)
    return f"{ANNOUNCED.format(name=name)}\n\n{text}"


def states(counts: Sequence[tuple[NoticeState, int]], goes: str) -> str:
    """How many notices are in which state."""
    known = dict(counts)
    parts = [STATE_READY.format(count=known[NoticeState.READY], when=goes)] if known.get(NoticeState.READY) else []
    parts += [sentence.format(count=known[state]) for state, sentence in _STATES if known.get(state)]
    return enumeration(parts)


def trouble(failed: int, ambiguous: int) -> str:
    """How much did not certainly arrive."""
    parts = [TROUBLE_FAILED.format(count=failed)] if failed else []
    parts += [TROUBLE_AMBIGUOUS.format(count=ambiguous)] if ambiguous else []
    return TROUBLE.format(what=enumeration(parts))


def passed_on(coordinators: Sequence[Person]) -> str:
    """A question went to these people."""
    return PASSED_ON.format(names=enumeration([plain(one.first_name) for one in coordinators]))


def asks(asked: Asked) -> str:
    """A question for the coordinator, and its answer when there is one."""
    return "\n\n".join(f"{head}\n\n{quoted(said)}" for head, said in asks_parts(asked))


def asks_parts(asked: Asked) -> list[tuple[str, str]]:
    """Who asks what, and who answered what: each a head and what was said, as it was typed."""
    asker = asked.asker
    organisation = f" ({plain(asker.organisation.name)})" if asker.organisation else ""
    head = TELLS if asked.question.startswith(_THAT) else ASKS
    parts = [(head.format(name=plain(asker.name), organisation=organisation), asked.question)]
    if asked.answer is not None:
        by = ANSWERED_BY.format(name=plain(asked.answered_by.name) if asked.answered_by else "")
        parts.append((by, asked.answer))
    return parts


def answered(asked: Asked) -> str:
    """The answer to somebody's question."""
    name = plain(asked.answered_by.first_name) if asked.answered_by else ""
    head = ANSWERED.format(name=name, question=short(asked.question))
    return f"{head}\n\n{quoted(asked.answer or '')}"


def cancelled(what: str, arrived: int) -> str:
    """Something will not be sent any more; it had arrived at so many people."""
    done = DONE_CANCEL.format(what=what)
    return f"{done} {DONE_CANCEL_REST.format(people=people(arrived))}" if arrived else done


def not_reached(names: Mapping[str, Sequence[str]], others: int) -> str:
    """To whom something did not (certainly) come, under the sentence that says why, and to how many others."""
    parts = [sentence.format(names=enumeration(people_)) for sentence, people_ in names.items()]
    return " ".join([*parts, AND_OTHERS.format(people=people(others))] if others > 0 else parts)


def why_not(state: NoticeState, code: str) -> str:
    """The sentence for why something did not arrive."""
    if state is NoticeState.AMBIGUOUS:
        return NOT_SURE
    if code == "not_found":
        return NOT_FOUND
    return BLOCKED if code == "dead" or code.startswith(("403", "404")) else NOT_REACHED


def line(number: int, what: str, to: str, state: str) -> str:
    """One line of the list."""
    return f"**{number}.** {capital(what)}, {to}: {state}."
