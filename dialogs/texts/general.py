"""What the bot says about itself, and when it has no answer."""

from collections.abc import Mapping, Sequence

from dialogs.texts.words import bullets, enumeration, plain
from storage.domain.agenda import AgendaTraces
from storage.domain.people import Person
from storage.domain.polls import PollTraces
from storage.domain.reports import ReportTraces

HELP = (
    "Vraag me in je eigen woorden wanneer en waar een bijeenkomst is, wat er op de agenda staat, wie er komt, wat het "
    "kost, of wie je waarvoor contacteert. Inschrijven doe je ook bij mij: zeg “schrijf me in”, “ik kan niet komen”, of "
    "wie er in jouw plaats komt. Een agendapunt geef je zo door: “zet huiswerkbegeleiding op de agenda”. En een peiling "
    "start je in een groep of kanaal met één zin: “peiling: welk thema in juni? NAFT; internaten”. Je kan ook hier op "
    "tikken:"
)
HELP_COORDINATOR = (
    "Vraag me alles over de bijeenkomsten en wie er komt, en schrijf jezelf of anderen in. Als coördinator maak, verplaats "
    "of annuleer je bij mij ook bijeenkomsten, nodig je iedereen uit, verander je het aantal plaatsen, hou je de "
    "aanwezigheden bij, stuur je een bericht of een peiling naar iedereen en maak je van de uitslag een agendapunt of een "
    "bijeenkomst. Je kan ook hier op tikken:"
)
EXAMPLE_KIND = "intervisie"
ANY_KIND = "bijeenkomst"
GREETING = "Dag {name}! Waarmee kan ik je helpen? Vraag me bijvoorbeeld wanneer de volgende intervisie is."
GREETING_UNKNOWN = "Dag! Waarmee kan ik je helpen? Vraag me bijvoorbeeld wanneer de volgende intervisie is."
THANKS = "Graag gedaan!"
UNKNOWN_NEAR = "Dat begrijp ik niet helemaal. Bedoel je {questions}"
UNKNOWN_HELP = "Dat begrijp ik niet. Vraag me bijvoorbeeld {questions}"
TOO_OLD = "Die knop hoort bij een oud bericht. Stel je vraag gerust opnieuw."
BUSY = "Ik ben ermee bezig. Kijk straks nog eens."
ALREADY_DONE = "Dat heb ik al gedaan: één keer drukken volstaat."
ANSWERED_PRIVATELY = "Dat heb ik je persoonlijk gestuurd: kijk in je chat met mij."
REST_PRIVATELY = "De rest stuurde ik je persoonlijk: kijk in je chat met mij."
REST_UNREACHABLE = (
    "De rest zeg ik alleen in een persoonlijke chat, en daar kan ik je nog niet bereiken. Open een chat met mij."
)
CUT = "… De lijst is te lang om hier helemaal te tonen."
UNREACHABLE = "Dat antwoord ik alleen in een persoonlijke chat, en daar kan ik je nog niet bereiken. Open een chat met mij en vraag het daar."
ERROR = "Er ging iets mis, en dat ligt aan mij. Probeer het straks nog eens. Blijft het misgaan, geef dan deze code door: {reference}."
NO_QUESTIONS = "Er staan nog geen veelgestelde vragen klaar."
QUESTIONS = "Dit wordt vaak gevraagd:"

WELCOME = (
    "Dag! Ik ben de Ambassadeursbot. Ik vertel je wanneer en waar de volgende intervisie, het infomoment of de "
    "netwerkdag is, wat er op de agenda staat en wie er komt, en ik schrijf je in."
)
WELCOME_PERSONAL = "Vraag het me gewoon in je eigen woorden. Typ *help* voor voorbeelden."
WELCOME_GROUP = "Vermeld me met @ en stel je vraag, dan antwoord ik hier."
WELCOME_TEAM = (
    "Vermeld me met @ en stel je vraag, dan antwoord ik in de draad. Coördinator: zeg *post hier* in het kanaal waar "
    "ik berichten voor iedereen mag plaatsen."
)

POSTING_HERE = "In orde: berichten voor iedereen plaats ik voortaan in dit kanaal."

STRANGER = "Ik ken je nog niet als lid van het netwerk, dus ik mag je er niets over vertellen."
STRANGER_ASK = "Ik ken je nog niet als lid van het netwerk, dus ik mag je er niets over vertellen. Vraag {names} om je toe te voegen."
WHICH_ORGANISATION = "Welkom! Ik ken je nog niet. Bij welke organisatie hoor je?"
NOT_KNOWN_YET = (
    "Ik weet nog niet wie je bent, dus ook niet waarvoor je ingeschreven bent. Bij welke organisatie hoor je?"
)
NOT_KNOWN_YET_ASK = "Ik weet nog niet wie je bent, dus ook niet waarvoor je ingeschreven bent. Vraag {names} om je account in orde te brengen."
INTRODUCED = "Dank je, {name}. Ik weet nu dat je bij {organisation} hoort."
INTRODUCED_WITHOUT = "Dank je, {name}. Je organisatie staat nog niet in mijn lijst; de coördinator kan ze toevoegen."
NOT_IN_LIST = "Mijn organisatie staat er niet bij"
CHOOSE_ORGANISATION = "Kies je organisatie"
CONFIRM = "Bevestig"

YES_TO_WHAT = "Er staat nu niets open waarop je ja of nee kan zeggen. Vraag gerust wat je wil weten."
CANCELLED = "In orde, dan doe ik niets."
MISUNDERSTOOD = "Sorry, dan heb ik je verkeerd begrepen. Zeg het eens met andere woorden, of tik op wat je zoekt:"
SMALLTALK = "Ik ben maar een bot, wel een vriendelijke. Kan ik iets voor je opzoeken?"
SWEARING = "Dat is vervelend, sorry. Zeg me kort wat je zoekt, dan probeer ik het opnieuw."
OUT_OF_SCOPE = "Daar weet ik niets van. Vraag me wel gerust {questions}"
PRIVACY = (
    "Van jou bewaar ik je naam ({name}), je e-mailadres ({email}), je organisatie ({organisation}), de id van je "
    "account en van onze chat in Teams, en {registrations}, met je sessie en wie dat wanneer veranderde. Waarom je er niet bij "
    "kon zijn, ziet alleen de coördinator, tot een half jaar na de bijeenkomst. Wat je me schrijft, bewaar ik niet, behalve wat "
    "ik voor je noteer of doorgeef: vragen en mededelingen wis ik na een half jaar.{agenda}{reports}{polls} Ik onthoud over welke bijeenkomst of persoon het laatst ging. Iets laten verbeteren of wissen? Vraag het aan {names}."
)
PRIVACY_AGENDA = (
    " Voor de agenda's bewaar ik {parts}. Wat je in een casus vertelt en wat erover gezegd is, wis ik een tijd na de "
    "bijeenkomst (dertig dagen, tenzij je coördinator iets anders koos), of na negentig dagen op de plank; de titel blijft. "
    "Andere reacties wis ik na een half jaar, en wat je begon maar niet afmaakte na een week."
)
PRIVACY_TRACES = {
    "points": ("1 agendapunt dat je voorstelde", "{count} agendapunten die je voorstelde"),
    "comments": ("1 reactie", "{count} reacties"),
    "supports": ("1 punt dat je ook wil", "{count} punten die je ook wil"),
    "promises": ("1 punt dat je beloofde", "{count} punten die je beloofde"),
    "drafts": ("1 punt dat je nog aan het invullen bent", "{count} punten die je nog aan het invullen bent"),
}
PRIVACY_REPORTS = (
    " Van verslagen en acties bewaar ik {parts}. Verslagen blijven bewaard; wat eruit geschrapt is, wis ik na een maand, "
    "en wat je bij een actie zei een half jaar nadat ze afgehandeld is."
)
PRIVACY_REPORT_TRACES = {
    "notes": ("1 notitie van jou", "{count} notities van jou"),
    "delivered": ("1 verslag dat je me gaf", "{count} verslagen die je me gaf"),
    "objections": ("1 opmerking bij een verslag", "{count} opmerkingen bij verslagen"),
    "actions": ("1 actie op jouw naam", "{count} acties op jouw naam"),
}
PRIVACY_POLLS = (
    " Van peilingen bewaar ik {parts}. Wat je op naam koos, wis ik een half jaar na het sluiten; de uitslag blijft. Van "
    "een anonieme peiling weet ik alleen dat je gestemd hebt, zolang ze loopt, en nooit wat."
)
PRIVACY_POLL_TRACES = {
    "started": ("1 peiling die je startte", "{count} peilingen die je startte"),
    "votes": ("1 stem op jouw naam", "{count} stemmen op jouw naam"),
}
PRIVACY_UNKNOWN = (
    "Ik ken je nog niet. Van jou bewaar ik alleen de id van je account, om je niet twee keer hetzelfde te vragen, en waar "
    "onze chat is. Wat je me schrijft, bewaar ik niet; ik onthoud alleen over welke bijeenkomst of persoon het laatst ging."
)
NO_ORGANISATION = "nog niet gekend"
NOBODY = "de coördinator"

NOT_YET = "Dat kan ik nog niet voor je doen."
NOT_YET_ASK = "Dat kan ik nog niet voor je doen. Laat het even weten aan {names}."


def greeting(person: Person | None) -> str:
    """A greeting back."""
    return GREETING.format(name=plain(person.first_name)) if person else GREETING_UNKNOWN


def stranger(coordinators: Sequence[Person]) -> str:
    """To somebody outside the network: whom to ask."""
    return STRANGER_ASK.format(names=_names(coordinators)) if coordinators else STRANGER


def not_known(coordinators: Sequence[Person]) -> str:
    """To a member whom we can't ask for their organisation: who can put it right."""
    return NOT_KNOWN_YET_ASK.format(names=_names(coordinators)) if coordinators else STRANGER


def not_yet(coordinators: Sequence[Person]) -> str:
    """Something the bot cannot do yet: whom to tell."""
    return NOT_YET_ASK.format(names=_names(coordinators)) if coordinators else NOT_YET


def privacy(
    person: Person | None,
    registrations: int,
    points: AgendaTraces,
    reports: ReportTraces,
    polls: PollTraces,
    coordinators: Sequence[Person],
) -> str:
    """What is kept of the one who asks, and who can change it."""
    if person is None:
        return PRIVACY_UNKNOWN
    counted = {0: "geen inschrijvingen", 1: "1 inschrijving"}.get(registrations, f"{registrations} inschrijvingen")
    return PRIVACY.format(
        name=plain(person.name),
        email=plain(person.email),
        organisation=plain(person.organisation.name) if person.organisation else NO_ORGANISATION,
        registrations=counted,
        agenda=_kept(PRIVACY_AGENDA, points, PRIVACY_TRACES),
        reports=_kept(PRIVACY_REPORTS, reports, PRIVACY_REPORT_TRACES),
        polls=_kept(PRIVACY_POLLS, polls, PRIVACY_POLL_TRACES),
        names=_names(coordinators) or NOBODY,
    )


def _kept(sentence: str, traces: AgendaTraces | ReportTraces | PollTraces, names: Mapping[str, tuple[str, str]]) -> str:
    """How much is kept of what; nothing where there is none."""
    counts = [(getattr(traces, name), said) for name, said in names.items()]
    parts = [one if count == 1 else more.format(count=count) for count, (one, more) in counts if count]
    return sentence.format(parts=enumeration(parts)) if parts else ""


def introduced(person: Person) -> str:
    """Somebody told their organisation."""
    name = plain(person.first_name)
    if person.organisation is None:
        return INTRODUCED_WITHOUT.format(name=name)
    return INTRODUCED.format(name=name, organisation=plain(person.organisation.name))


def examples(head: str, questions: Sequence[str]) -> str:
    """Things to ask, as text."""
    return f"{head}\n\n{bullets([plain(question) for question in questions])}"


def not_understood(head: str, questions: Sequence[str]) -> str:
    """Not understood, with the nearest things to ask."""
    said = head.format(questions=enumeration([f"“{plain(question)}”" for question in questions], "of"))
    if questions[-1].endswith("?"):
        return said
    return f"{said}?" if head == UNKNOWN_NEAR else f"{said}."


def error(reference: str) -> str:
    """Something unexpected; the reference stands in the log."""
    return ERROR.format(reference=reference)


def _names(people: Sequence[Person]) -> str:
    return enumeration([plain(one.name) for one in people], "of")
