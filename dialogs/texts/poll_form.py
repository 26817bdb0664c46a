"""What stands on the form with which somebody starts a poll."""

from storage.domain.polls import PollKind, Shown

TITLE = "Nieuwe peiling"

ABOUT = "Wat wil je vragen? Ik toon de peiling eerst aan jou."
ABOUT_HERE = "Wat wil je vragen? De peiling komt meteen in dit gesprek."

LABEL_QUESTION = "Je vraag"
EXAMPLE_QUESTION = "Welk thema volgende keer?"
LABEL_KIND = "Hoe kiezen ze?"
LABEL_OPTIONS = "Keuzes, één per regel (bij dagen bijvoorbeeld: 4 december 14u)"
EXAMPLE_OPTIONS = "NAFT\ninternaten\nhuiswerkbegeleiding"
LABEL_ANONYMOUS = "Anoniem: niemand ziet wie wat koos, en een stem is definitief"
LABEL_CLOSES_ON = "Stemmen kan tot en met"
LABEL_CLOSES_AT = "Tot hoe laat?"
LABEL_SHOWN = "Wanneer is de stand te zien?"
LABEL_MOST = "Hoogstens zoveel keuzes (bij meerdere keuzes)"
LABEL_QUORUM = "Minstens zoveel stemmen nodig"
LABEL_MAY_ADD = "Iedereen mag een keuze toevoegen"
ASK_SOMETHING = "Typ eerst je vraag"
BUTTON_MORE = "Meer instellen"
BUTTON_START = "Start de peiling"
BUTTON_SHOW = "Toon de peiling"

KINDS = {
    PollKind.SINGLE: "Eén keuze",
    PollKind.SEVERAL: "Meerdere keuzes",
    PollKind.RANKING: "In volgorde zetten",
    PollKind.DATES: "Wanneer past het? (ja, misschien of nee per dag)",
    PollKind.TEMPERATURE: "Hoe gaat het? (een cijfer van 1 tot 5)",
}
SHOWN = {
    Shown.ALWAYS: "Meteen",
    Shown.AFTER_VOTING: "Zodra je zelf gestemd hebt",
    Shown.AFTER_CLOSING: "Als de peiling gesloten is",
}

NOT_HERE = (
    "Hier kan ik geen peiling plaatsen: ik ben nog niet toegevoegd. Voeg me eerst toe aan dit gesprek of dit team, "
    "en probeer dan opnieuw. Ben ik er al? Vermeld me dan eerst één keer met @."
)
