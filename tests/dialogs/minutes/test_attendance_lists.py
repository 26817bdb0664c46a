# ruff: noqa: E501 - the layouts stand here as they are in reports
"""Who was there and who was excused is read from every layout of lists."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.minutes.attendance import Attendance, read_attendance
from dialogs.language.minutes.lines import read_lines
from storage.domain.minutes import Named


def attendance(text: str) -> Attendance:
    """Everybody on the lists of a text."""
    return read_attendance(read_lines(text))


def somebody(text: str, name: str) -> Named:
    """One of the people, whichever list they are on."""
    found = attendance(text)
    return next(one for one in (*found.attendees, *found.excused) if one.name == name)


@pytest.mark.parametrize(
    ("text", "present", "excused"),
    [
        (
            "Aanwezig: Tine, Rachid, Bo\nAfwezigen: -\nI. Nieuwsbrief\nTine maakt die.\nA. Thema\nB. Varia",
            "Tine|Rachid|Bo",
            "",
        ),
        (
            "Verslag\nAanwezig: An\n1. Punt\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\ntekst\nWat: folder maken\nWie: Rachid\nTegen wanneer: 5 mei",
            "An",
            "",
        ),
        (
            "Aanw.: An Peeters (CLB Waas), Bert Maes (De Ladder)\nVerontsch.: Cis Daems (OCMW Lo)\n\n1. Welkom\nAn opent.",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig: An Peeters, Bert Maes, Karim Haddad / Verontschuldigd: Cis Daems",
            "An Peeters|Bert Maes|Karim Haddad",
            "Cis Daems",
        ),
        ("Aanwezig: An Peeters, Bert Maes. Verontschuldigd: Cis Daems.", "An Peeters|Bert Maes", "Cis Daems"),
        (
            "Verslag intervisie\nAanwezig\tAn Peeters (CLB), Bert Maes (De Ladder)\nVerontschuldigd\tCis Daems\nVerslag\tBert Maes",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "| Aanwezig | An Peeters (CLB)<br>Bert Maes (De Ladder) |\n|---|---|\n| Verontschuldigd | Cis Daems |",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezigen (4):\nCLB Waas: An Peeters, Bert Maes\nDe Ladder: Karim Haddad\nOCMW: Lies Van Dyck\nVerontschuldigd: geen",
            "An Peeters|Bert Maes|Karim Haddad|Lies Van Dyck",
            "",
        ),
        (
            "Aanwezig:\nDe Ladder – An Peeters en Bert Maes\nVzw Oever – Karim Haddad\n\nVerontschuldigd:\nDe Ladder – Cis Daems",
            "An Peeters|Bert Maes|Karim Haddad",
            "Cis Daems",
        ),
        (
            "Aanwezig: PEETERS An (CLB), MAES Bert (De Ladder), VAN DEN BROECK Lies (vzw Oever)\nMet kennisgeving afwezig: DAEMS Cis",
            "PEETERS An|MAES Bert|VAN DEN BROECK Lies",
            "DAEMS Cis",
        ),
        (
            "Deelnemers\n- Peeters An, CLB\n- Maes Bert, De Ladder\n- De Smet Jan, vzw Oever\nVerontschuldigingen: Daems Cis",
            "Peeters An|Maes Bert|De Smet Jan",
            "Daems Cis",
        ),
        (
            "Naam\tDienst\tA\tV\nAn Peeters\tCLB\tx\t\nBert Maes\tDe Ladder\t\tx\nCis Daems\tOCMW\tx\t",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        (
            "| Naam | Organisatie | Aanwezigheid |\n| --- | --- | --- |\n| An Peeters | CLB | aanwezig |\n| Bert Maes | De Ladder | verontschuldigd |\n| Cis Daems | OCMW | aanwezig (online) |",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        (
            "Organisatie | Naam | Aanw. | Veront.\nCLB | An Peeters | X | \nDe Ladder | Bert Maes | | X\nOCMW | Cis Daems (tvv Dora Van Hecke) | X |",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        (
            "Leden: An Peeters (A), Bert Maes (V), Cis Daems (A)\nA = aanwezig, V = verontschuldigd",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        (
            "Aanwezigheden\nAn Peeters - CLB - aanwezig\nBert Maes - De Ladder - verontschuldigd\nCis Daems - OCMW - aanwezig",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        (
            "Aanwezigen\nAn Peeters (CLB)\nBert Maes (De Ladder), verslag\n\nVerontschuldigden\nCis Daems (OCMW)\n\nVerslag van 12 mei\nHet verslag wordt goedgekeurd.",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "**Aanwezig**: An Peeters, Bert Maes\n**Verontschuldigd**: Cis Daems\n**Afwezig zonder bericht**: Dora Claes",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig waren An Peeters, Bert Maes en Cis Daems. Dora Claes liet zich verontschuldigen.",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Verslag overleg 3 mei 2027\n\nOp het overleg van 3 mei waren aanwezig: An Peeters (CLB), Bert Maes en Cis Daems.\nVerontschuldigd waren Dora Claes en Emma Ooms.\n\n1. Start",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes|Emma Ooms",
        ),
        ("Aanwezig: An P., Bert M. en Cis D.\nVerontschuldigd: Dora", "An P.|Bert M.|Cis D.", "Dora"),
        ("Aanwezig: An Peeters (AP), Bert Maes (BM), Cis Daems (CD)", "An Peeters|Bert Maes|Cis Daems", ""),
        (
            "Aanwezig: An Peeters <an.peeters@clb.be>, Bert Maes <bert@ladder.be>; \nVerontschuldigd: Cis Daems <cis@ocmw.be>",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig: An Peeters (vanaf 10u), Bert Maes (tot 11u), Cis Daems (online)\nVerontschuldigd: Dora Claes (ziek), Emma Ooms (verlof)",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes|Emma Ooms",
        ),
        (
            "Aanwezig: An Peeters + Bert Maes (De Ladder), Cis Daems (CLB) + Dora Claes (CLB)",
            "An Peeters|Bert Maes|Cis Daems|Dora Claes",
            "",
        ),
        (
            "Aanwezig: An Peeters en Bert Maes (De Ladder); Cis Daems (CLB); Dora Claes, vzw Oever",
            "An Peeters|Bert Maes|Cis Daems|Dora Claes",
            "",
        ),
        ("Aanwezig: allen\nVerontschuldigd: niemand", "", ""),
        ("Aanwezig: zie aanwezigheidslijst in bijlage\nVerontschuldigd: /", "", ""),
        (
            "AANWEZIG\nOnderwijs\n- An Peeters (CLB)\n- Bert Maes (VTI)\nJeugdhulp\n- Cis Daems (De Ladder)\nVERONTSCHULDIGD\n- Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        ("Aanwezig: dr. An Peeters (UZ), mevr. Bert Maes, dhr. Cis Daems", "An Peeters|Bert Maes|Cis Daems", ""),
        (
            "Voorzitter: An Peeters\nVerslaggever: Bert Maes\nAanwezig: Cis Daems, Dora Claes\nVerontschuldigd: Emma Ooms",
            "An Peeters|Bert Maes|Cis Daems|Dora Claes",
            "Emma Ooms",
        ),
        ("Aanwezig: An (voorzitter), Bert (verslag), Cis, Dora\nVerontschuldigd: Emma", "An|Bert|Cis|Dora", "Emma"),
        (
            "Wie was er bij? An Peeters, Bert Maes\nWie kon er niet bij zijn? Cis Daems",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "1. Aanwezigheden\nAanwezig: An Peeters, Bert Maes\nVerontschuldigd: Cis Daems\n2. Varia\nDora Claes komt volgende keer.",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig\tVerontschuldigd\nAn Peeters (CLB)\tCis Daems (OCMW)\nBert Maes (De Ladder)\t",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Voornaam\tNaam\tOrganisatie\tAanwezig\nAn\tPeeters\tCLB\tja\nBert\tVan den Eynde\tDe Ladder\tja\nCis\tDaems\tOCMW\tverontschuldigd",
            "An Peeters|Bert Van den Eynde",
            "Cis Daems",
        ),
        (
            "Aanwezig: Xhevdet Krasniqi (De Kompas), Oumaima Tahri (CLB), Thi Nguyen (OKAN)",
            "Xhevdet Krasniqi|Oumaima Tahri|Thi Nguyen",
            "",
        ),
        (
            "Aanwezig\n\nAn Peeters (CLB)\n\nBert Maes (De Ladder)\n\nVerontschuldigd\n\nCis Daems\n\n1. Opening",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig: An Peeters, CLB Waas, Bert Maes, De Ladder, Cis Daems, OCMW Lo",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        (
            "Fysiek aanwezig: An Peeters, Bert Maes\nOnline: Cis Daems\nVerontschuldigd: Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Aanwezig: An Peeters, Bert Maes\nGast: Cis Daems (Opgroeien), voor punt 3\nVerontschuldigd: Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Verontschuldigd: Joke Peeters (vervangen door Selma Kaya), Dora Claes\nAanwezig: An Maes, Selma Kaya",
            "An Maes|Selma Kaya",
            "Joke Peeters|Dora Claes",
        ),
        ("- [x] An Peeters\n- [ ] Bert Maes", "", ""),
        (
            "Aanwezig:\n\tAn Peeters\tCLB Waas\n\tBert Maes\tDe Ladder\nVerontschuldigd:\n\tCis Daems\tOCMW",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Dag iedereen,\n\nWe waren woensdag met vier: Els (De Ladder), Piet (CLB), Nora en ik. Karim en Lotte waren verontschuldigd.\n\n1. Zomer\n...\n\nGroeten\nJef Wauters",
            "Els|Piet|Nora|Jef Wauters",
            "Karim|Lotte",
        ),
        ("Aanwezig: An Peeters (De Ladder – voorzitter), Bert Maes (De Ladder / verslag)", "An Peeters|Bert Maes", ""),
        (
            "Aanwezig: An Peeters [CLB], Bert Maes [De Ladder]\nNiet aanwezig: Cis Daems",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "Aanwezig\n1. An Peeters, CLB\n2. Bert Maes, De Ladder\n3. Cis Daems\n\n1. Goedkeuring verslag\nGoedgekeurd.\n2. Varia\nNiets.",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        (
            "Aanwezig: Marie-Claire Van de Walle, Jean-Luc D'hoker, Mieke Vander Elst, Ann-Sophie De Clercq",
            "Marie-Claire Van de Walle|Jean-Luc D'hoker|Mieke Vander Elst|Ann-Sophie De Clercq",
            "",
        ),
        (
            "Aanwezig: An Peeters (CLB), Bert Maes (ipv Cis Daems - De Ladder), Dora Claes vervangt Emma Ooms (OCMW)\nVerontschuldigd: Cis Daems, Emma Ooms",
            "An Peeters|Bert Maes|Dora Claes",
            "Cis Daems|Emma Ooms",
        ),
        (
            "Lid              Voorziening        A/V\nAn Peeters       CLB Waas           A\nBert Maes        De Ladder          V\nCis Daems        OCMW Lo            A",
            "An Peeters|Cis Daems",
            "Bert Maes",
        ),
        ("Aanwezig: 12 leden\nVerontschuldigd: 3 leden", "", ""),
        (
            "Verslag werkgroep\nAanwezig: An Peeters (coördinator De Ladder), Bert Maes (leerkracht VTI Lo), Cis Daems - directeur basisschool De Linde\nVerontschuldigd: Dora Claes – zorgcoördinator",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Aanwezig : An Peeters ; Bert Maes ; Cis Daems\nVerontschuldigd : Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Aanwezig: An Peeters, Bert Maes & Cis Daems\nExcuses: Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Verslag van het overleg\n\nWaren aanwezig: An Peeters, Bert Maes\nHebben zich verontschuldigd: Cis Daems\n",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        ("Aanwezig: An, Bert en Cis van De Ladder, Dora van het CLB en Emma (OCMW)", "An|Bert|Cis|Dora|Emma", ""),
        ("4. Wachtlijst\nAfwezig: 14 leerlingen in mei.\nDeelnemers: scholen en CLB.", "", ""),
        (
            "Aanwezig: An Peeters, Bert Maes\n\nTom Wouters stelt het project voor. Hij werkt bij De Ladder.\nVerslag: de nota van Tom Wouters volgt.",
            "An Peeters|Bert Maes",
            "",
        ),
        (
            "Aanwezig: An Peeters (vzw Oever), Bert Maes (vzw Oever), Cis Daems (GO! Atheneum Lo)\nAgenda:\n1. Opening\n2. Bespreking nota Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        ("Aanwezigen: An Peeters CLB Waas, Bert Maes De Ladder, Cis Daems OCMW", "An Peeters|Bert Maes|Cis Daems", ""),
        (
            "Van: An Peeters\nAan: Bert Maes; Cis Daems; Dora Claes\nCc: Emma Ooms\nOnderwerp: verslag\n\nAanwezig: An, Bert, Cis\nVerontschuldigd: Dora",
            "An|Bert|Cis",
            "Dora",
        ),
        (
            "Aanwezig: Ilse Van Acker (voorz.), Bart Wouters (secr.), Nele D'Hooge (CLB)",
            "Ilse Van Acker|Bart Wouters|Nele D'Hooge",
            "",
        ),
        (
            "Aanwezig:\n• An Peeters, De Ladder (voorzitter)\n• Bert Maes, CLB\n  Waasland, antenne Lo\n• Cis Daems",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        (
            "Verontschuldigd: An Peeters, Bert Maes; Afwezig: Cis Daems\nAanwezig: Dora Claes",
            "Dora Claes",
            "An Peeters|Bert Maes",
        ),
        ("Present: An Peeters, Bert Maes\nAbsent: Cis Daems", "An Peeters|Bert Maes", "Cis Daems"),
        (
            "Naam | Voorziening | Handtekening\nAn Peeters | CLB | \nBert Maes | De Ladder | \n",
            "An Peeters|Bert Maes",
            "",
        ),
        (
            "Verontschuldigden: An Peeters (CLB Waas) en Bert Maes (De Ladder, vervangen door Cis Daems)\nAanwezigen: Cis Daems (De Ladder), Dora Claes",
            "Cis Daems|Dora Claes",
            "An Peeters|Bert Maes",
        ),
        (
            "Aanwezig: Wendy, Kelly, Sofie P., Sofie D., Yoeri, Nathalie",
            "Wendy|Kelly|Sofie P.|Sofie D.|Yoeri|Nathalie",
            "",
        ),
        (
            "Aanwezig: An Peeters (OLV-College), Bert Maes (Sint-Jozef), Cis Daems (H. Hart)",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        (
            "Vergadering dd. 3 mei 2027\nOnder voorzitterschap van An Peeters.\nAanwezig: An Peeters, Bert Maes",
            "An Peeters|Bert Maes",
            "",
        ),
        (
            "Aanwezig\n* An Peeters | CLB\n* Bert Maes | De Ladder\n\nVerontschuldigd\n* Cis Daems | OCMW",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "## Aanwezig\nAn Peeters, Bert Maes\n## Verontschuldigd\nCis Daems\n## 1. Opening",
            "An Peeters|Bert Maes",
            "Cis Daems",
        ),
        (
            "## Aanwezigen en verontschuldigden\nAanwezig: An Peeters\nVerontschuldigd: Cis Daems",
            "An Peeters",
            "Cis Daems",
        ),
        (
            "Aan tafel zaten An Peeters (CLB), Bert Maes (De Ladder) en Cis Daems. Dora Claes had zich laten excuseren wegens ziekte.",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
        (
            "Verslag: Bert Maes | Voorzitter: An Peeters\nAanwezig: An Peeters, Bert Maes, Cis Daems",
            "An Peeters|Bert Maes|Cis Daems",
            "",
        ),
        (
            "Aanwezig (n=3): An Peeters, Bert Maes, Cis Daems\nVerontschuldigd (n = 1): Dora Claes",
            "An Peeters|Bert Maes|Cis Daems",
            "Dora Claes",
        ),
    ],
)
def test_everybody_is_on_the_right_list(text: str, present: str, excused: str) -> None:
    found = attendance(text)
    assert sorted(one.name for one in found.attendees) == sorted(filter(None, present.split("|")))
    assert sorted(one.name for one in found.excused) == sorted(filter(None, excused.split("|")))


@pytest.mark.parametrize(
    ("text", "organisation", "role"),
    [
        ("Aanwezig: An Peeters (CLB Waas, voorzitter)", "CLB Waas", "voorzitter"),
        ("Aanwezig: An Peeters (coördinator De Ladder)", "De Ladder", "coördinator"),
        ("Aanwezig: An Peeters – De Ladder – zorgcoördinator", "De Ladder", "zorgcoördinator"),
        ("Aanwezig:\n- An Peeters, CLB-medewerker, De Ladder", "De Ladder", "CLB-medewerker"),
        ("Aanwezig:\nDe Ladder: An Peeters (voorzitter)", "De Ladder", "voorzitter"),
        ("Naam\tFunctie\tDienst\tAanwezig\nAn Peeters\topvoedster\tDe Ladder\tx", "De Ladder", "opvoedster"),
        ("Aanwezig: An Peeters en Bert Maes (De Ladder)", "De Ladder", ""),
        ("Aanwezig: An Peeters <an@voorbeeld.be> (De Ladder, online)", "De Ladder", ""),
        ("Aanwezig: An Peeters [Onderwijs en Vorming Lo]", "Onderwijs en Vorming Lo", ""),
        ("Verslag: An\nAanwezig: An Peeters, Bert Maes", "", "Verslag"),
    ],
)
def test_organisation_and_role_are_told_apart(text: str, organisation: str, role: str) -> None:
    one = somebody(text, "An Peeters")
    assert (one.organisation, one.role) == (organisation, role)


@pytest.mark.parametrize(
    "said",
    [
        "Selma Kaya tvv Joke Van Dyck (De Ladder)",
        "Selma Kaya (t.v.v. Joke Van Dyck, De Ladder)",
        "Selma Kaya (ter vervanging van Joke Van Dyck, De Ladder)",
        "Selma Kaya i.p.v. Joke Van Dyck (De Ladder)",
        "Selma Kaya, De Ladder, vervangt Joke Van Dyck",
        "Selma Kaya (De Ladder) in plaats van Joke Van Dyck",
    ],
)
def test_whom_somebody_replaces_is_told(said: str) -> None:
    one = somebody(f"Aanwezig: {said}", "Selma Kaya")
    assert (one.replaces, one.organisation) == ("Joke Van Dyck", "De Ladder")


def test_who_is_replaced_by_somebody_is_excused() -> None:
    text = "Aanwezig: Selma Kaya\nVerontschuldigd: Joke Van Dyck (vervangen door Selma Kaya)"
    assert somebody(text, "Selma Kaya").replaces == "Joke Van Dyck"
    assert [one.name for one in attendance(text).excused] == ["Joke Van Dyck"]


def test_a_name_over_two_lines_has_the_place_of_both() -> None:
    text = (
        "Aanwezig: Philippe Dewaele (voorzitter, Huize Morgenrood), An\n"
        "Schepers (verslag), Mustafa Kaya (CAW Haspenrode), Veronique\n"
        "Lenaerts (CLB Haspengouw), Driss Amrani (Cliëntenforum vzw)\n"
    )
    assert somebody(text, "An Schepers").source.of(text) == "An\nSchepers"


@pytest.mark.parametrize(
    "text",
    [
        "4. Wachtlijst\nAfwezig: 14 leerlingen in mei.\nDeelnemers: scholen en CLB.",
        "2. Varia\nBert Maes van De Ladder komt volgende keer iets vertellen.",
        "Actielijst\nWie\tWat\tWanneer\nAn Peeters\tBellen\t5 mei",
        "",
    ],
)
def test_who_is_only_mentioned_was_not_there(text: str) -> None:
    assert attendance(text) == Attendance()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Aanwezig",
                "Verontschuldigd",
                ":",
                " ",
                "\n",
                ", ",
                "An Peeters",
                "van ",
                "De Ladder",
                "(",
                ")",
                " tvv ",
                "\t",
                "x",
                " | ",
                "- ",
                "Naam",
                " en ",
                "1. ",
                "I. ",
            ]
        ),
        max_size=30,
    )
)
def test_whatever_stands_there_each_name_stands_at_its_place(parts: list[str]) -> None:
    text = "".join(parts)
    found = attendance(text)
    for one in (*found.attendees, *found.excused):
        assert "".join(one.source.of(text).split()) == "".join(one.name.split())


@pytest.mark.parametrize("part", ["An Peeters en ", "Van ", "(", "a, "])
def test_a_very_long_list_takes_little_time(part: str) -> None:
    lines = read_lines("Aanwezig: " + part * (20_000 // len(part)))
    started = time.process_time()
    read_attendance(lines)
    assert time.process_time() - started < 5
