"""What the bot says while somebody prepares a case."""

from collections.abc import Mapping, Sequence

from dialogs.texts.outbox import says
from dialogs.texts.points import quoted
from dialogs.texts.words import bullets, paragraphs, plain
from storage.domain.agenda import PointDetails

BUTTON_BEGIN = "Beginnen"
BUTTON_ON = "Verder"
BUTTON_SKIP = "Sla over"
BUTTON_BACK = "Vorige"
BUTTON_STOP = "Stop, later verder"
BUTTON_KEEP = "Bewaren"
BUTTON_ADJUST = "Aanpassen"
EXAMPLE = "help mij een casus voorbereiden"

LABELS = {
    "situation": "De situatie",
    "question": "Je vraag aan de groep",
    "tried": "Wat al geprobeerd is",
    "wished": "Wat je hoopt te bereiken",
}
QUESTIONS = {
    "situation": "Wat speelt er? Schets het kort, zo dat de groep het begrijpt.",
    "question": "Wat wil je aan de groep vragen?",
    "tried": "Wat is er al geprobeerd, en wat deed dat?",
    "wished": "Wanneer is het voor jou gelukt: wat hoop je te bereiken?",
}
ADVICE = (
    "Vier korte stappen, en je mag er overslaan. Schrijf zonder namen, zonder school en zonder precieze leeftijd: "
    "“een leerling uit de eerste graad” volstaat. Ik let mee op, maar ik zie niet alles. Kijk het dus zelf ook na."
)
STEP = "**{number} van {count}. {label}**"
NOW_THERE = "Dit heb je al:"
HOW = "Typ je antwoord, of zeg *sla over*, *vorige* of *stop*."
STOPPED = (
    "In orde, we stoppen hier. Wat je al vertelde, hou ik een week bij. Zeg *verder met mijn casus* om door te gaan."
)
ON_FORM = "Pas aan wat je wil."
TOO_LONG = "Dat is te lang. Hou het per stap onder de 2000 tekens, dan leest de groep het vlot."
NOTHING_TOLD = "Er is nog niets verteld om te bewaren. Typ eerst een stuk van je casus."
NO_CASE = "In orde, dan bereiden we nu geen casus voor."
IN_CHAT = "Je casus bereiden we voor in onze persoonlijke chat: daar leest niemand mee."
WHICH_CASE = "Welke casus wil je voorbereiden?"
SUMMARY = "Dit is je casus {title}:"
EMPTY = "Je casus {title} is nog leeg."
SUMMARY_HINT = "Lees het nog eens na: herkent iemand hier een kind of een gezin in? Druk op *Bewaren* als het goed is."
KEPT = (
    "Je casus staat bij {title}. Alleen jij, de coördinatoren en de organisator lezen hem; zodra de agenda gepubliceerd "
    "is, ook wie ingeschreven is. Enige tijd na de bijeenkomst wis ik de tekst, de titel blijft."
)
LONGEST_SAID = 6_000

_COMMANDS = {
    "stop": (
        "Stop",
        "Stoppen",
        "Stop maar",
        "Later",
        "Later verder",
        "Laat maar",
        "Laat maar zitten",
        "Nee",
        "Neen",
        "Nu niet",
        "Annuleer",
        "Annuleren",
    ),
    "save": ("Bewaren", "Bewaar", "Bewaar maar", "Ja", "Ja bewaar maar", "Ja bewaren", "Oké", "Ok", "Zo is het goed"),
    "adjust": ("Aanpassen", "Pas aan", "Nee", "Nee aanpassen", "Wijzigen"),
}


def command(text: str) -> str:
    """What somebody says about the steps themselves: a key of the table; "" for anything else."""
    return next((name for name, ways in _COMMANDS.items() if says(text, ways)), "")


def which_case(titles: Sequence[str]) -> str:
    """The cases of which one is meant."""
    return f"{WHICH_CASE}\n\n{bullets([plain(title) for title in titles])}"


def step(number: int, count: int, told: str) -> str:
    """A step, counted from 0, with what was told of it before."""
    name = list(LABELS)[number]
    head = STEP.format(number=number + 1, count=count, label=LABELS[name])
    before = [f"{NOW_THERE}\n\n{_quote(told)}"] if told else []
    return "\n\n".join([head, QUESTIONS[name], *before, HOW])


def summary(title: str, parts: Mapping[str, str]) -> str:
    """All that was told."""
    told = [f"**{label}**\n\n{paragraphs(parts[name])}" for name, label in LABELS.items() if parts.get(name)]
    if not told:
        return EMPTY.format(title=quoted(title))
    return "\n\n".join([SUMMARY.format(title=quoted(title)), *told, SUMMARY_HINT])


def kept(details: PointDetails) -> str:
    """A case is kept, who may read it, and that it is forgotten later."""
    return KEPT.format(title=quoted(details.point.title))


def _quote(text: str) -> str:
    return "\n\n".join(f"> {line}" for line in paragraphs(text).split("\n\n"))
