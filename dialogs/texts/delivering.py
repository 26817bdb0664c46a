"""What the bot says about reports that people give it: pasted in chat or as a file."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import line, title
from dialogs.texts.words import bullets, cut, day, enumeration, people, plain
from storage.domain.meetings import Meeting
from storage.domain.reports import Report
from storage.domain.uploads import ReportFound

READING = "Ik lees het even."
READING_SOME = "Ik lees er {count} van. Stuur me de andere daarna."
BUSY = "Ik ben nog bezig met je vorige bestanden. Stuur dit straks nog eens."
STILL_READING = "Ik ben het nog aan het lezen."
BETTER_PERSONALLY = (
    "Stuur me dat liever hier, in ons persoonlijk gesprek: dan lees ik het en zie je eerst zelf wat ik erin vind."
)
HOW = "Plak het verslag hier, of sleep het bestand in dit gesprek (Word, pdf of tekst). Ik lees het en laat eerst zien wat ik erin vind."
PASTED = "Geplakte tekst"

FOUND = "Ik heb “{name}” gelezen: {parts}."
NOTHING_FOUND = (
    "Ik heb “{name}” gelezen, maar ik vind er geen verslag in: geen punten, besluiten, acties of aanwezigen."
)
POINTS = "{count} punten"
ONE_POINT = "1 punt"
DECISIONS = "{count} besluiten"
ONE_DECISION = "1 besluit"
ACTIONS = "{count} acties"
ONE_ACTION = "1 actie"
PRESENT = "{people} aanwezig ({names})"
OTHERS = "nog {count}"
IS_OF = "Is dit het verslag van {title} ({day})?"
OF_WHICH = "Van welke bijeenkomst is dit het verslag?"
NONE_THAT_DAY = "Op {day} vind ik geen bijeenkomst waarvan jij het verslag mag aanvullen. Van welke is het dan?"
NOT_YOURS = "Het verslag van {title} mag je niet zelf overnemen. Stuur het naar {name}, dan kan het er meteen bij."
NOT_YOURS_ANY = "Een verslag kan je niet zelf overnemen. Stuur het naar {name}, dan kan het er meteen bij."
TO_COORDINATOR = "de coördinator"
REFUSED = "“{name}”: {sentence}"

BUTTON_TAKE = "Overnemen"
BUTTON_OTHER = "Andere bijeenkomst"
BUTTON_DROP = "Laat maar"
BUTTON_DRAFT = "Nakijken"

TAKEN = "In orde, ik heb het verslag van {title} overgenomen."
TO_CONFIRM = "{count} regels heb ik graag even bevestigd."
ONE_TO_CONFIRM = "1 regel heb ik graag even bevestigd."
STAY_PRIVATE = "{count} regels blijven privé."
ONE_STAYS_PRIVATE = "1 regel blijft privé."
POST_FOLLOWS = "De samenvatting die al geplaatst is, werk ik bij."
LET_BE = "In orde, ik doe er niets mee."
GONE = "Dat verslag heb ik niet meer. Stuur het me nog eens."

ABOUT_READ = "wat er in een bestand staat"

SAID_TAKE = (
    BUTTON_TAKE,
    "Neem over",
    "Neem het over",
    "Neem maar over",
    "Overnemen maar",
    "Ja, overnemen",
    "Ja, neem over",
)
SAID_DROP = (BUTTON_DROP, "Niet overnemen", "Neem het niet over", "Toch niet", "Vergeet het")
SAID_OTHER = (BUTTON_OTHER, "Een andere", "Een andere bijeenkomst", "Van een andere bijeenkomst", "Niet van die")

MOST_NAMES = 3
LONGEST_SHOWN = 80


def found(one: ReportFound) -> str:
    """What was found in a report, in one sentence."""
    if one.empty:
        return NOTHING_FOUND.format(name=_name(one.name))
    counts = (
        (one.points, ONE_POINT, POINTS),
        (one.decisions, ONE_DECISION, DECISIONS),
        (one.actions, ONE_ACTION, ACTIONS),
    )
    parts = [single if count == 1 else several.format(count=count) for count, single, several in counts if count]
    return FOUND.format(name=_name(one.name), parts=enumeration([*parts, *_present(one.present)]))


def _name(name: str) -> str:
    return plain(cut(name, LONGEST_SHOWN))


def _present(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = [plain(cut(name, LONGEST_SHOWN)) for name in names[:MOST_NAMES]]
    more = [OTHERS.format(count=len(names) - MOST_NAMES)] if len(names) > MOST_NAMES else []
    return [PRESENT.format(people=people(len(names)), names=enumeration([*shown, *more]))]


def of_one(one: ReportFound, meeting: Meeting) -> str:
    """What was found, and of which meeting it seems to be."""
    return f"{found(one)} {IS_OF.format(title=title(meeting), day=day(meeting.starts.date()))}"


def of_which(one: ReportFound, meetings: Sequence[Meeting], now: datetime, none_that_day: bool) -> str:
    """What was found, and the question of which meeting it is."""
    asking = NONE_THAT_DAY.format(day=day(one.day)) if none_that_day and one.day else OF_WHICH
    return f"{found(one)} {asking}\n\n{bullets([line(meeting, now) for meeting in meetings])}"


def not_yours(one: ReportFound, meeting: Meeting | None, name: str | None) -> str:
    """What was found, and to whom it is to be sent."""
    to = plain(name) if name else TO_COORDINATOR
    sentence = NOT_YOURS.format(title=title(meeting), name=to) if meeting else NOT_YOURS_ANY.format(name=to)
    return f"{found(one)} {sentence}"


def refused(name: str, sentence: str) -> str:
    """A file that can't be read, and what to do."""
    return REFUSED.format(name=_name(name), sentence=sentence)


def taken(report: Report) -> str:
    """A report that was taken over, and what is to be seen to."""
    unsure = sum(not one.certain and not one.private and bool(one.number) for one in report.lines)
    private = sum(one.private and bool(one.number) for one in report.lines)
    said = [TAKEN.format(title=title(report.meeting))]
    said += [ONE_TO_CONFIRM if unsure == 1 else TO_CONFIRM.format(count=unsure)] if unsure else []
    said += [ONE_STAYS_PRIVATE if private == 1 else STAY_PRIVATE.format(count=private)] if private else []
    return " ".join([*said, *([POST_FOLLOWS] if report.standing.posted_at else [])])
