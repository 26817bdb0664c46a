"""What was decided, and what only sounds so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes import read_minutes
from dialogs.language.minutes.decisions import decides

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
HEAD = (
    "Verslag overleg Zwanenhof\n12 mei 2026\nAanwezig: Lien Wouters, Karim Bouzian\n\n"
    "1. Welkom\nLien opent.\n\n2. Zaal\n"
)

NOW_DECIDED = """
Na lang wikken en wegen hebben we nu beslist dat de kermis in mei blijft.
We stoppen vanaf januari met de papieren agenda.
We vergaderen in de bib i.p.v. in de refter.
De uitstap naar zee gaat dan ook door.
Er komen geen affiches meer in de gang.
De kosten van de catering worden gedeeld door de drie scholen.
Drukkerij Claes krijgt opnieuw de opdracht.
De namen worden niet openbaar gemaakt.
De school koopt twee fietsen aan, daar waren we het over eens.
We stappen uit het project.
De leden gaan akkoord met het voorgestelde budget.
Het platform is principieel akkoord met een tussenkomst van 300 euro.
Het voorstel wordt unaniem aangenomen.
Er wordt beslist de intervisie voortaan op dinsdag te plannen.
Er werd beslist om de werkgroep stop te zetten.
Men opteert voor een fysieke samenkomst.
We kiezen ervoor om met kleinere groepen te werken.
Iedereen kan zich vinden in dit voorstel.
Het verslag wordt goedgekeurd mits één aanpassing op pagina 2.
Geen opmerkingen, dus goedgekeurd.
Afgesproken wordt dat we starten in oktober.
Er is consensus om de naam te behouden.
De studiedag wordt verschoven naar 12 mei.
De stuurgroep geeft groen licht voor het project.
Uiteindelijk valt de keuze op het tweede ontwerp.
De aanvraag wordt niet weerhouden.
Het resterende bedrag mag worden vrijgegeven.
De inspiratiedag gaat niet door.
We houden het op dertig bezoeken.
""".strip().splitlines()
NOT_DECIDED = """
In de vorige vergadering hebben we afgesproken dat Lien belt.
Toen hadden we afgesproken om niet te bellen.
We gaan er niet meer van uit dat de stad betaalt.
Misschien stoppen we vanaf januari met de agenda.
De cijfers worden niet publiek gemaakt door de minister.
Er komt geen bus meer in het dorp, klagen de ouders.
De studiedag gaat door op 12 maart in Gent.
Vorig jaar werd beslist om met twee verslaggevers te werken.
In 2023 werd het plan goedgekeurd door de raad.
Tijdens het overleg van 12 januari werd afgesproken om een brief te schrijven.
Moet er beslist worden over de locatie?
Als het budget wordt goedgekeurd, starten we in mei.
Lien vraagt of het voorstel wordt goedgekeurd.
De Vlaamse Regering besliste om de middelen te verhogen.
Er is nog geen akkoord over de verdeling.
De aanvraag moet nog goedgekeurd worden door het agentschap.
De werkgroep had eerder beslist om dit niet te doen.
Zodra het dossier is goedgekeurd, volgt een persbericht.
Er wordt voorgesteld om de uren aan te passen.
De voorzitter verwelkomt de aanwezigen.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", NOW_DECIDED)
def test_prose_tells_what_was_decided(sentence: str) -> None:
    assert decides(sentence)


@pytest.mark.parametrize("sentence", NOT_DECIDED)
def test_what_was_decided_earlier_or_elsewhere_or_is_open_is_no_decision(sentence: str) -> None:
    assert not decides(sentence)


@pytest.mark.parametrize(
    "told",
    [
        "Besluit: de zaal blijft dezelfde.",
        "Beslissing: de zaal blijft dezelfde.",
        "BESLUIT 3: de zaal blijft dezelfde.",
        "Afspraak: de zaal blijft dezelfde.",
        "**Besluit:** de zaal blijft dezelfde.",
        "Reactie SG: de zaal blijft dezelfde.",
        "Besluit\nde zaal blijft dezelfde.",
        "Beslissingen:\n- de zaal blijft dezelfde.",
        "De zaal is duur. Besluit: de zaal blijft dezelfde.",
        "[besluit] de zaal blijft dezelfde.",
        "Besluit | de zaal blijft dezelfde.",
    ],
)
def test_a_label_marks_a_decision_and_is_left_out_of_it(told: str) -> None:
    [found] = read_minutes(HEAD + told + "\n", NOW).decisions

    assert (found.text, found.item, found.marked) == ("de zaal blijft dezelfde.", "2", True)


def test_every_sentence_under_a_heading_is_a_decision_until_the_next() -> None:
    told = "Besluit\nDe zaal blijft dezelfde. De huur wordt betaald.\nBespreking\nKarim vindt de zaal koud.\n"

    assert [one.text for one in read_minutes(HEAD + told, NOW).decisions] == [
        "De zaal blijft dezelfde.",
        "De huur wordt betaald.",
    ]


def test_work_for_somebody_under_a_decision_is_an_action() -> None:
    found = read_minutes(HEAD + "Besluit\nDe zaal blijft dezelfde.\nKarim mailt de beheerder.\n", NOW)

    assert [one.text for one in found.decisions] == ["De zaal blijft dezelfde."]
    assert [(one.text, one.owner) for one in found.actions] == [("Karim mailt de beheerder.", "Karim")]


def test_a_decision_told_again_in_a_list_counts_once() -> None:
    told = "Besluit: de zaal blijft dezelfde.\n\n**Beslissingenlijst**\n- De zaal blijft dezelfde.\n"

    assert len(read_minutes(HEAD + told, NOW).decisions) == 1


def test_none_is_no_decision() -> None:
    assert not read_minutes(HEAD + "Besluit: geen\n", NOW).decisions


@pytest.mark.parametrize(
    "told",
    [
        "- **Besluit:** de zaal blijft dezelfde.\n- Karim vertelt over de buurt.",
        "Besluit: de zaal blijft dezelfde.\n-> Lien belt de stad.",
        "Reactie SG: de zaal blijft dezelfde. Wat later komt er koffie.",
        "B\tDe zaal blijft dezelfde.\nI\tDe stad heeft geen geld.\nA\tsleutels halen (Lien)",
        "B = beslissing, I = informatie, A = actie\nB: de zaal blijft dezelfde.\nI: de stad heeft geen geld.",
        "**Samengevat: wat is er beslist?**\n1. De zaal blijft dezelfde.",
    ],
)
def test_a_label_or_code_reaches_no_further_than_its_own_line_or_list(told: str) -> None:
    [found] = read_minutes(HEAD + told + "\n", NOW).decisions

    assert found.text.lower() == "de zaal blijft dezelfde."
    assert found.marked


@pytest.mark.parametrize(
    "told", ["Reactie SG: dat is een interessante piste.", "Reactie SG: 14 mei valt samen met een studiedag."]
)
def test_a_reaction_that_only_thinks_something_decides_nothing(told: str) -> None:
    assert read_minutes(HEAD + told + "\n", NOW).decisions == ()
