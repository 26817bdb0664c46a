"""What is said to who starts a poll: what is still missing, to whom it may go, and how it will look."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.polls import AT_MOST, KINDS
from dialogs.texts.words import day, enumeration, hour, hours, near_day, people, plain, quote, short_day
from storage.domain.meetings import Meeting
from storage.domain.polls import NewOption, NewPoll, Poll, PollKind, Shown, Whom
from storage.domain.series import Rhythm

ASK_QUESTION = (
    "Graag! Wat wil je vragen? Zeg het in één zin, met de keuzes erachter: “Welk thema in juni? NAFT; internaten; "
    "huiswerkbegeleiding”. Of vul het hieronder in."
)
ASK_OPTIONS = "Welke keuzes zijn er? Zet er een puntkomma tussen, of elke keuze op een eigen regel."
ASK_DATES = "Welke dagen stel je voor? Bijvoorbeeld: “4 december 14u-16u; 11 december 9u30”."
ONE_OPTION = "Met één keuze valt er weinig te kiezen. Wat mag er nog bij?"
FILL_IN = "Vul hier je peiling in."
FILL_IN_HERE = (
    "Graag! Vul je peiling hieronder in, of vermeld me en zeg ze in één zin: “peiling: Welk thema in juni? NAFT; "
    "internaten; huiswerkbegeleiding”."
)
MISTAKES = {
    "question": "Wat wil je vragen?",
    "options": "Geef minstens twee keuzes, elk op een eigen regel.",
    "most": "Hoeveel keuzes je hoogstens mag maken, zeg je met een cijfer: minstens 1, en niet meer dan er keuzes zijn.",
    "quorum": "Hoeveel mensen er minstens moeten stemmen, zeg je met een cijfer.",
    "closes": "Stemmen moet kunnen tot een moment in de toekomst, en hoogstens een half jaar lang.",
    "opens": "Een peiling gaat open in de toekomst, hoogstens een half jaar vooruit.",
    "rhythm": "Hoe vaak de peiling terugkomt, begrijp ik niet. Zeg bijvoorbeeld “elke maand” of “om de twee weken”.",
    "kind": "Dat soort peiling ken ik niet.",
}
NO_DAY = "Dit is geen dag die ik begrijp: {text}. Schrijf bijvoorbeeld “4 december 14u-16u”."
MANY_OPTIONS = "Meer dan 20 keuzes is te veel om te overzien. Hou er een paar over."
TOO_MANY_OPEN = "Je hebt al vijf peilingen lopen. Sluit er eerst een, of vraag het aan de coördinator."
NOT_FROM_HERE = (
    "Een peiling start je in de groep of het kanaal waar ze over gaat: vermeld me daar met @ en zeg hetzelfde. Van "
    "hieruit ze rondsturen kan alleen de coördinator."
)
WHOM = "Naar wie mag de peiling?"
WHOM_FIRST = "Zeg me eerst naar wie ze mag, of druk op een van de knoppen hierboven."
NO_SUCH_PEOPLE = "Ik weet niet aan wie je de peiling wil voorleggen. Zeg me hun namen, of kies:"
NO_MEETING = "Ik weet niet van welke bijeenkomst je de deelnemers bedoelt. Kies:"
BUTTON_CHANNEL = "In het kanaal"
BUTTON_EVERYBODY = "Naar iedereen persoonlijk"
BUTTON_PARTICIPANTS = "Deelnemers van {title}"

PREVIEW = "Zo ziet je peiling eruit:"
NAMED, ANONYMOUS = "op naam", "anoniem"
MAY_ADD = "iedereen mag keuzes toevoegen"
SHOWN = {
    Shown.AFTER_VOTING: "de stand zie je na het stemmen",
    Shown.AFTER_CLOSING: "de uitslag zie je na de sluiting",
}
QUORUM = "minstens {people} moeten stemmen"
GOES, COMES = "Ze gaat {whom}.", "Ze komt {whom}."
GOES_AT, COMES_AT = "Ze gaat {when} {whom}.", "Ze komt {when} {whom}."
TO = {Whom.HERE: "in dit gesprek", Whom.CHANNEL: "in het kanaal", Whom.EVERYBODY: "naar iedereen, elk persoonlijk"}
TO_PARTICIPANTS = "naar de deelnemers van {title} ({day}), elk persoonlijk"
TO_PEOPLE = "naar {names}, elk persoonlijk"
UNTIL = "Stemmen kan tot {when}."
UNTIL_WEEK = "Stemmen kan een week lang."
UNTIL_DAYS = "Stemmen kan telkens {days} dagen lang."
UNTIL_DAY = "Stemmen kan telkens een dag lang."
COMES_BACK = "Daarna komt ze {rhythm} terug."
SEND_IT = "Verstuur ik ze zo?"
PLAN_IT = "Zet ik ze zo klaar?"
BUTTON_SEND, BUTTON_PLAN, BUTTON_CHANGE, BUTTON_DROP = "Verstuur", "Zet klaar", "Pas aan", "Toch niet"

SENT = "Ze is onderweg {whom}. Zodra de peiling sluit, hoor je van mij wat eruit komt."
SENT_LATER = "In orde. Ze vertrekt {when} {whom}. Zodra de peiling sluit, hoor je van mij wat eruit komt."
SENT_CHANNEL = "Ze staat zo in het kanaal. Zodra ze sluit, komt de uitslag eronder."
STANDS_THERE = "Ze staat er. Zodra ze sluit, komt de uitslag eronder."
PLANNED = "In orde: “{question}” {verb} {when} {whom}."
PLANNED_SERIES = "In orde: “{question}” {verb} {rhythm} {whom}. De eerste keer is dat {when}."
VERB_GOES, VERB_COMES = "gaat", "komt"
STARTED_SERIES = "In orde: ik vraag dit voortaan {rhythm}. Zeg “stop met deze peiling” als het genoeg is."
LEFT = "In orde, dan komt er geen peiling."
PRESS_THE_BUTTON = "Zeg gewoon ja of nee, of druk op de knop onder de peiling."
PRESS_IT = "Druk op de knop onder de peiling, dan komt het meteen in orde."
ON_THE_FORM = (
    "Vul de peiling in op het formulier hierboven, of zeg alles in één zin: “peiling: je vraag? keuze 1; keuze 2”."
)

SAID_SEND = (
    "verstuur",
    "verstuur maar",
    "stuur maar",
    "verzenden",
    "zet klaar",
    "zet maar klaar",
    "start",
    "start maar",
)
SAID_CHANGE = ("pas aan", "aanpassen", "pas ze aan", "wijzig", "verander", "ik wil nog iets veranderen")
SAID_CHANNEL = ("het kanaal", "kanaal", "in het kanaal", "naar het kanaal", "op het kanaal", "in het kanaal posten")
SAID_EVERYBODY = (
    "iedereen",
    "naar iedereen",
    "allemaal",
    "iedereen persoonlijk",
    "naar iedereen persoonlijk",
    "persoonlijk",
)
SAID_PARTICIPANTS = (
    "wie komt",
    "naar wie komt",
    "de deelnemers",
    "deelnemers",
    "naar de deelnemers",
    "wie ingeschreven is",
)
SAID_PARTICIPANTS_OF = (
    "de deelnemers van ",
    "deelnemers van ",
    "naar de deelnemers van ",
    "wie naar ",
    "naar wie naar ",
)
SAID_BEFORE = frozenset(
    ["toch", "nee", "neen", "liever", "maar", "stuur", "zet", "ze", "hem", "die", "aan", "doe", "dan"]
)

WEEKLY, MONTHLY, QUARTERLY = "elke week", "elke maand", "elk kwartaal"
EVERY = "om de {count} {unit}"
WEEKS, MONTHS = "weken", "maanden"
TIMES = ", {count} keer in totaal"
_QUARTER = 3


def no_day(text: str) -> str:
    """What is said of what is no day."""
    return NO_DAY.format(text=plain(text))


def label(option: NewOption) -> str:
    """What an option that is not there yet is called: its text, or its day and hours."""
    if option.day is None:
        return option.text
    told = short_day(option.day)
    if option.starts is None:
        return told
    starts = datetime.combine(option.day, option.starts)
    if option.ends is None:
        return f"{told}, {hour(starts)} uur"
    return f"{told}, {hours(starts, datetime.combine(option.day, option.ends))}"


def typed(option: NewOption) -> str:
    """An option as somebody would type it on a form: it is read back the same."""
    if option.day is None:
        return option.text
    said = f"{option.day:%d/%m/%Y}"
    if option.starts is None:
        return said
    return f"{said} {option.starts:%H:%M}" + (f"-{option.ends:%H:%M}" if option.ends else "")


def preview(draft: NewPoll, whom: str, now: datetime) -> str:
    """A poll as it will be sent, to whom, and until when."""
    asked = [f"**{plain(draft.question)}**", *_numbered(draft.options), _how(draft)]
    planned = draft.opens is not None or draft.rhythm is not None
    here = draft.whom in {Whom.HERE, Whom.CHANNEL}
    sentence = (COMES_AT if here else GOES_AT) if draft.opens else COMES if here else GOES
    goes = sentence.format(when=at(draft.opens, now), whom=whom)
    said = " ".join(one for one in (goes, until(draft, now), comes_back(draft)) if one)
    return "\n\n".join([PREVIEW, quote("\n\n".join(asked)), said, PLAN_IT if planned else SEND_IT])


def _numbered(options: Sequence[NewOption]) -> list[str]:
    return ["\n".join(f"{place}. {plain(label(one))}" for place, one in enumerate(options, 1))] if options else []


def _how(draft: NewPoll) -> str:
    most = AT_MOST.format(most=draft.most) if draft.most and draft.kind is PollKind.SEVERAL else ""
    told = [most or KINDS[draft.kind], ANONYMOUS if draft.anonymous else NAMED]
    told += [MAY_ADD] if draft.may_add else []
    told += [SHOWN[draft.shown]] if draft.shown in SHOWN and not draft.anonymous else []
    told += [QUORUM.format(people=people(draft.quorum))] if draft.quorum else []
    return ", ".join(told)


def until(draft: NewPoll, now: datetime) -> str:
    """Until when one can vote."""
    if draft.closes is not None and draft.rhythm is None:
        return UNTIL.format(when=at(draft.closes, now))
    if draft.rhythm is not None:
        return UNTIL_DAY if draft.lasts_days == 1 else UNTIL_DAYS.format(days=draft.lasts_days)
    return UNTIL_WEEK


def comes_back(draft: NewPoll) -> str:
    """How often it is asked; "" where that is once."""
    return COMES_BACK.format(rhythm=rhythm(draft.rhythm)) if draft.rhythm else ""


def rhythm(every: Rhythm) -> str:
    """How often something comes back: "elke maand", "om de 2 weken"."""
    count, one, unit = (every.weeks, WEEKLY, WEEKS) if every.weeks else (every.months, MONTHLY, MONTHS)
    said = (
        one
        if count == 1
        else QUARTERLY
        if (unit, count) == (MONTHS, _QUARTER)
        else EVERY.format(count=count, unit=unit)
    )
    return said + (TIMES.format(count=every.count) if every.count > 1 else "")


def at(moment: datetime | None, now: datetime) -> str:
    """A local moment: "vrijdag 27 november 2026 om 16 uur", "morgen, maandag … om 9 uur"."""
    return f"{near_day(moment.date(), now.date())} om {hour(moment)} uur" if moment else ""


def whom(asked: Whom, meeting: Meeting | None, names: Sequence[str]) -> str:
    """To whom a poll goes."""
    if asked is Whom.PARTICIPANTS and meeting is not None:
        return TO_PARTICIPANTS.format(title=title(meeting), day=day(meeting.starts.date()))
    if asked is Whom.PEOPLE:
        return TO_PEOPLE.format(names=enumeration([plain(one) for one in names]))
    return TO.get(asked, TO[Whom.HERE])


def sent(poll: Poll, to: str, leaves: datetime, now: datetime) -> str:
    """That a poll goes out, and when where that is not at once."""
    if not poll.in_person:
        return SENT_CHANNEL
    if leaves <= now:
        return SENT.format(whom=to)
    return SENT_LATER.format(when=at(leaves, now), whom=to)


def planned(poll: Poll, draft: NewPoll, to: str, opens: datetime, now: datetime) -> str:
    """When a poll that waits goes out."""
    question, when = plain(poll.question), at(opens.replace(tzinfo=None), now)
    verb = VERB_GOES if poll.in_person else VERB_COMES
    if draft.rhythm is None:
        return PLANNED.format(question=question, verb=verb, when=when, whom=to)
    return PLANNED_SERIES.format(question=question, verb=verb, rhythm=rhythm(draft.rhythm), whom=to, when=when)
