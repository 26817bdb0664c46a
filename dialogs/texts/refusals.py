"""The table from refusals to sentences."""

from storage.domain.refusals import (
    AddressTaken,
    AlreadyAnswered,
    AlreadyDecided,
    AlreadyKnown,
    NobodyToTell,
    NoChannelChosen,
    NoSuchAnnouncement,
    NoSuchNotice,
    NoSuchQuestion,
    NotCoordinator,
    NothingSaid,
    NothingToSend,
    NotInChannel,
    NotKnown,
    Refusal,
    TooLong,
    UnknownOrganisation,
)

SENTENCES: dict[type[Refusal], str] = {
    NotCoordinator: "Dat kan alleen de coördinator.",
    NotInChannel: "Zeg dat in het kanaal zelf, en vermeld me daar met @.",
    UnknownOrganisation: "Die organisatie ken ik niet. Kies er een uit de lijst.",
    AlreadyKnown: "Ik ken je al, dat is in orde.",
    AddressTaken: "Je e-mailadres hoort bij een andere account. Laat het even weten aan de coördinator.",
    NoSuchNotice: "Dat bericht is er niet meer.",
    NothingToSend: "Dat kan nu niet meer: het is al weg, al geannuleerd of al gebeurd.",
    NoSuchAnnouncement: "Die mededeling is er niet meer. Zeg het gerust opnieuw.",
    AlreadyDecided: "Daarover heb je al beslist. Vraag “wat staat er klaar om te versturen?” als je iets wil veranderen.",
    NoSuchQuestion: "Die vraag is er niet meer.",
    AlreadyAnswered: "Die vraag is al beantwoord.",
    NotKnown: "Ik weet nog niet wie je bent. Zeg me eerst bij welke organisatie je hoort.",
    NobodyToTell: "Er is niemand om dat aan te laten weten.",
    NoChannelChosen: "Ik weet nog niet in welk kanaal ik mag posten. Zeg daar *post hier*, en vermeld me met @.",
    NothingSaid: "Daar staat niets in. Typ eerst je tekst.",
    TooLong: "Dat is te lang: hou het op 4000 tekens.",
}


def sentence(refusal: Refusal) -> str:
    """Why not, in Dutch."""
    return SENTENCES[type(refusal)]
