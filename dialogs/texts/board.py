"""What the bot says on the coordinator's board: the points, and what was done with them."""

from collections.abc import Mapping, Sequence

from dialogs.texts.agenda import CASE_LABELS, KINDS
from dialogs.texts.points import comments, quoted, the_meeting
from dialogs.texts.words import capital, cut, duration, enumeration, minutes_between, paragraphs, plain
from storage.domain.agenda import AgendaPoint, PointDetails, PointState, total_minutes
from storage.domain.meetings import Meeting

BUTTON_OPEN = "Open"
BUTTON_ACCEPT = "Op de agenda"
BUTTON_ACCEPT_ALL = "Alles op de agenda"
BUTTON_OFF = "Van de agenda"
BUTTON_DECLINE = "Weigeren"
BUTTON_NO_REASON = "Zonder reden"
BUTTON_MERGE = "Samenvoegen met …"
BUTTON_DO_MERGE = "Samenvoegen"
BUTTON_ASK = "Vragen"
BUTTON_SEND_QUESTION = "Vraag stellen"
BUTTON_MOVE = "Verplaatsen"
BUTTON_ARRANGE = "Wie, minuten, plaats"
BUTTON_SAVE = "Bewaren"
BUTTON_UP = "Hoger"
BUTTON_DOWN = "Lager"
BUTTON_BOARD = "Toon het bord"
BUTTON_COMPOSE = "Stel een agenda voor"
BUTTON_UNDO = "Ongedaan maken"
BUTTON_PREVIOUS = "Vorige"
BUTTON_NEXT = "Volgende"
BUTTON_ANSWER = "Antwoorden"
BUTTON_LET_BE = "Laat maar"

LABEL_WHY = "Waarom? (de indiener leest dit)"
LABEL_INTO = "Met welk punt?"
LABEL_QUESTION = "Wat wil je weten? (de indiener leest dit)"
LABEL_WHERE = "Naar welke bijeenkomst?"
LABEL_PRESENTER = "Wie brengt het?"
LABEL_MINUTES = "Minuten"
LABEL_POSITION = "Plaats in de lijst"
LABEL_ANSWER = "Je antwoord"
TYPE_SOMETHING = "Typ eerst je tekst"
PICK_ONE = "Kies er een"
THE_SHELF = "Op de plank, voor later"

FACT_KIND = "Soort"
FACT_BY = "Voorgesteld door"
FACT_SUPPORT = "Steun"
FACT_LENGTH = "Duur"
FACT_PRESENTER = "Wie"
FACT_CARRIED = "Uitgesteld"
FACT_LINK = "Bijlage"
FACT_STANDS = "Staat"

ON_THE_AGENDA = "Op de agenda"
PROPOSALS = "Voorstellen"
PAGE = "punt {first} tot {last} van {total}"
EMPTY = "Voor {where} staat er nog niets op de agenda, en er is niets voorgesteld."
EMPTY_SHELF = "Er ligt niets op de plank."
TOO_LONG = "Let op: de agenda duurt nu {over} langer dan er tijd is."
NO_PROPOSALS = "Er zijn geen voorstellen meer die wachten."
HOW_TO = "Zeg bijvoorbeeld *aanvaard punt 3*, *weiger punt 5* of *punt 2: 20 minuten*."

WHICH_POINT = "Welk punt bedoel je? Zeg het met het nummer, bijvoorbeeld *{example}*."
NO_NUMBER = "Punt {number} is er niet: {told}."
ACCEPT_EXAMPLE = "aanvaard punt 2"
DECLINE_EXAMPLE = "weiger punt 2"
MERGE_EXAMPLE = "punt 2 en 4 samenvoegen"
ASK_EXAMPLE = "vraag bij punt 2: over welke leeftijd gaat het?"
MOVE_EXAMPLE = "zet punt 2 op de plank"
ARRANGE_EXAMPLE = "punt 2: 20 minuten, door Griet"
TWO_POINTS = "Welke punten voeg ik samen? Noem er twee, bijvoorbeeld *punt 2 en 4 samenvoegen*."
NOBODY_PROPOSED = "Aan {title} is niemand iets te vragen: niemand anders stelde het voor."
NO_SUCH_TARGET = "Die bijeenkomst vind ik niet. Kies er een op de kaart, of zeg *op de plank*."
ONLY_ONE_TARGET = "Welke bijeenkomst bedoel je? Kies er een op de kaart."
FIXED_STAYS = "{title} hoort vast bij deze bijeenkomst. Je kan het wel weigeren of op een andere plaats zetten."

ACCEPTED_ONE = "{title} staat op de agenda van {where}, als punt {number}."
ACCEPTED_SHELF = "{title} is aanvaard en wacht op de plank op een bijeenkomst."
ACCEPTED_MANY = "Op de agenda: {titles}."
TELLS = "Wie het voorstelde, hoort het van mij."
DECLINED_ONE = "Geweigerd: {titles}."
WITH_REASON = "Als reden geef ik mee: “{why}”."
REASON_NOTED = "De reden is genoteerd: “{why}”."
REOPENED = "Weer een voorstel: {titles}."
PUT_BACK = "Terug op de agenda: {titles}."
BACK_ON_SHELF = "Weer op de plank: {titles}."
WHY_NOT = "Waarom weiger je {titles}? Wie het voorstelde, leest je reden. Zeg *zonder reden* als je er geen wil geven."
NOT_DECLINED = "In orde, ik weiger niets."
STILL_WHY = "Typ je reden gewoon, of zeg *zonder reden*."
MERGED_ONE = "{titles} {verb} nu samen met {into}. Wie {what} steunde, telt daar nu mee."
QUESTION_FOR = "Wat wil je vragen over {title}? Ik stel het aan wie het voorstelde."
NOT_ASKED = "In orde, ik vraag niets."
STILL_ASK = "Typ je vraag gewoon, of zeg *laat maar*."
ASKED = "Ik vraag het aan {name}. Het antwoord hoor je van mij."
ASKED_NOBODY = "Je vraag staat bij {title}."
MOVED_ONE = "{titles} {verb} nu {where}."
AS_PROPOSAL = "Het is daar een voorstel: wie die agenda beheert, beslist erover."
MOVE_WHERE = "Waarheen met {titles}? Kies een bijeenkomst, zeg er een, of zeg *op de plank*."
NOT_MOVED = "In orde, ik verplaats niets."
MOVED_SHELF = "op de plank"
ARRANGED = "{title}: {told}."
ARRANGED_NOTHING = "Zo stond {title} er al."
ARRANGE_HOW = "Wat verander ik aan {title}? Vul het hier in, of zeg bijvoorbeeld *{example}*."
A_NUMBER = "Vul bij minuten en plaats een getal in."
NOTHING_CHANGED = "Daaraan is niets meer te veranderen."
ANSWERED_BACK = "Dank je. Ik geef het door."
NOT_ANSWERED = "In orde. Antwoorden kan later nog, met de knop onder de vraag."
IS_PROPOSAL = "Het is nog een voorstel."

SAID_WITHOUT = (
    "Zonder reden",
    "Geen reden",
    "Zonder",
    "Sla over",
    "Overslaan",
    "Hoeft niet",
    "Zonder uitleg",
    "Weiger zonder reden",
    "Nee, zonder reden",
)
SAID_LET_BE = (
    "Laat maar",
    "Laat maar zitten",
    "Toch niet",
    "Stop",
    "Annuleer",
    "Annuleren",
    "Niet doen",
    "Nee laat maar",
)
SAID_ALL = ("alles", "alle", "allemaal", "alle voorstellen", "alle punten", "alle agendapunten", "alles wat er ligt")
SAID_SHELF = ("plank", "backlog", "voor later", "wachtlijst van punten")
SAID_FROM_SHELF = ("van de plank", "uit de backlog", "van de backlog", "uit de plank")

STATES = {
    PointState.PROPOSED: "voorstel",
    PointState.ACCEPTED: "op de agenda",
    PointState.DECLINED: "geweigerd",
    PointState.WITHDRAWN: "ingetrokken",
    PointState.MERGED: "samengevoegd",
    PointState.HANDLED: "besproken",
}


def titles(points: Sequence[AgendaPoint]) -> str:
    """What these points are called, in a row."""
    return enumeration([quoted(one.title) for one in points])


def where(meeting: Meeting | None) -> str:
    """Where a point is, after "van": a meeting, or the backlog."""
    return the_meeting(meeting) if meeting else "de plank"


def no_number(number: int, count: int) -> str:
    """A number that no point has."""
    told = "er zijn geen punten" if not count else "er is één punt" if count == 1 else f"er zijn er {count}"
    return NO_NUMBER.format(number=number, told=told)


# --- the board


def board(meeting: Meeting | None, points: Sequence[AgendaPoint], names: Mapping[int, str]) -> str:
    """All points with their numbers: the agenda with its length, then what waits. `names`: of proposers, by id."""
    if not points:
        return EMPTY.format(where=the_meeting(meeting)) if meeting else EMPTY_SHELF
    agenda = [one for one in points if one.state is not PointState.PROPOSED]
    parts = [f"**{ON_THE_AGENDA}** ({_length(meeting, agenda)})"] if meeting else []
    parts += [_numbered(agenda, 1, names)] if agenda else []
    waits = points[len(agenda) :]
    parts += [f"**{PROPOSALS}**", _numbered(waits, len(agenda) + 1, names)] if waits else []
    head = capital(f"{where(meeting)}:")
    return "\n\n".join([head, *parts, HOW_TO])


def _numbered(points: Sequence[AgendaPoint], first: int, names: Mapping[int, str]) -> str:
    return "\n".join(
        f"{number}. {plain(one.title)}{_bracketed(row(one, names))}" for number, one in enumerate(points, first)
    )


def _bracketed(told: str) -> str:
    return f" ({told})" if told else ""


def _length(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    """How long the agenda takes of the time there is, and what is unknown or too much."""
    there_is = minutes_between(meeting.starts, meeting.ends)
    total, unknown = total_minutes(points), sum(1 for one in points if not one.minutes)
    told = [f"{duration(total)} van {duration(there_is)}"]
    if total > there_is:
        told.append(f"{duration(total - there_is)} te veel")
    if unknown:
        told.append("1 punt zonder duur" if unknown == 1 else f"{unknown} punten zonder duur")
    return ", ".join(told)


def too_long(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    """That the agenda takes longer than the meeting; "" where it does not."""
    over = total_minutes([one for one in points if one.state is not PointState.PROPOSED])
    over -= minutes_between(meeting.starts, meeting.ends)
    return TOO_LONG.format(over=duration(over)) if over > 0 else ""


def as_name(said: str) -> str:
    """A name that was typed without capitals."""
    return " ".join(word if word in _PARTICLES else capital(word) for word in said.split())


_PARTICLES = frozenset({"de", "den", "der", "het", "van", "ter", "ten", "en", "of"})


def length(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    """The same as a sentence part above the board's rows."""
    return f"{ON_THE_AGENDA}: {_length(meeting, [one for one in points if one.state is not PointState.PROPOSED])}"


def row(point: AgendaPoint, names: Mapping[int, str]) -> str:
    """What one line of the board tells beside the title."""
    told = [KINDS[point.kind]] if point.kind else []
    told += [f"{point.minutes} min."] if point.minutes else []
    told += [plain(point.presenter)] if point.presenter else []
    if point.state is PointState.PROPOSED:
        name = names.get(point.proposer_id or 0)
        told += [f"van {plain(name)}"] if name else []
    told += [_support(point)] if point.support else []
    told += [f"{point.carried} × uitgesteld"] if point.carried else []
    return ", ".join(told)


def _support(point: AgendaPoint) -> str:
    return f"{point.support} × gesteund"


def facts(details: PointDetails) -> list[tuple[str, str | None]]:
    """The facts of a point, in pairs of name and value."""
    point = details.point
    return [
        (FACT_STANDS, stands_short(details)),
        (FACT_KIND, KINDS[point.kind] if point.kind else None),
        (FACT_BY, plain(details.proposer.name) if details.proposer else None),
        (FACT_PRESENTER, plain(point.presenter) if point.presenter else None),
        (FACT_LENGTH, duration(point.minutes) if point.minutes else None),
        (FACT_SUPPORT, _support(point) if point.support else None),
        (FACT_CARRIED, f"{point.carried} ×" if point.carried else None),
        (FACT_LINK, plain(point.link) if point.link else None),
    ]


def stands_short(details: PointDetails) -> str:
    """Where a point stands: "voorstel, de intervisie van ..."."""
    return f"{STATES[details.point.state]}, {where(details.meeting)}"


def said_about(details: PointDetails, most: int, longest: int) -> list[str]:
    """The explanation, the case and the latest comments, each of `longest` characters at most."""
    told = [paragraphs(cut(details.point.explanation, longest))] if details.point.explanation else []
    for name, label in CASE_LABELS.items():
        part = getattr(details.case, name) if details.case else None
        told += [f"**{label}:** {paragraphs(cut(part, longest))}"] if part else []
    return [*told, *comments(details.comments, most, longest)]


def point(details: PointDetails, number: int | None) -> str:
    """All of a point, for who may arrange its agenda."""
    head = f"**{f'{number}. ' if number else ''}{plain(details.point.title)}**"
    rows = [f"{name}: {value}" for name, value in facts(details) if value]
    return "\n\n".join([head, "\n".join(f"- {one}" for one in rows), *said_about(details, 5, 1_000)])


# --- what was done


def accepted(done: Sequence[PointDetails], number: int | None) -> str:
    """What stands on the agenda now."""
    if len(done) == 1:
        one = done[0]
        title = quoted(one.point.title)
        if one.meeting is None:
            return ACCEPTED_SHELF.format(title=title)
        return ACCEPTED_ONE.format(title=title, where=the_meeting(one.meeting), number=number)
    return ACCEPTED_MANY.format(titles=titles([one.point for one in done]))


def declined(points: Sequence[AgendaPoint], told: bool) -> str:
    """What was declined, and the reason that is given along."""
    why = next((one.declined_why for one in points if one.declined_why), None)
    parts = [DECLINED_ONE.format(titles=titles(points))]
    parts += [(WITH_REASON if told else REASON_NOTED).format(why=plain(why))] if why else []
    parts += [TELLS] if told else []
    return " ".join(parts)


def merged(points: Sequence[AgendaPoint], into: AgendaPoint) -> str:
    """What lives on in another point."""
    single = len(points) == 1
    verb, what = ("staat", "het") if single else ("staan", "ze")
    return MERGED_ONE.format(titles=titles(points), verb=verb, into=quoted(into.title), what=what)


def asked(details: PointDetails) -> str:
    """A question went to who proposed a point."""
    if details.proposer is None:
        return ASKED_NOBODY.format(title=quoted(details.point.title))
    return ASKED.format(name=plain(details.proposer.first_name))


def moved(done: Sequence[PointDetails], meeting: Meeting | None) -> str:
    """Where points are now."""
    points = [one.point for one in done]
    verb = ("ligt" if len(done) == 1 else "liggen") if meeting is None else "staat" if len(done) == 1 else "staan"
    place = MOVED_SHELF if meeting is None else f"bij {the_meeting(meeting)}"
    told = MOVED_ONE.format(titles=titles(points), verb=verb, where=place)
    waits = meeting is not None and any(one.state is PointState.PROPOSED for one in points)
    return f"{told} {IS_PROPOSAL if len(done) == 1 else AS_PROPOSAL}" if waits else told


def arranged(details: PointDetails, number: int | None, fields: Sequence[str]) -> str:
    """What was set of a point."""
    point, told = details.point, list[str]()
    if "minutes" in fields:
        told.append(duration(point.minutes) if point.minutes else "geen vaste duur")
    if "presenter" in fields:
        told.append(f"door {plain(point.presenter)}" if point.presenter else "nog niemand die het brengt")
    if "position" in fields:
        told.append(f"nu punt {number}")
    sentence = ARRANGED.format(title=quoted(point.title), told=", ".join(told))
    return f"{sentence} {IS_PROPOSAL}" if "position" in fields and point.state is PointState.PROPOSED else sentence
