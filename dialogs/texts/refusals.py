"""The table from refusals to sentences."""

from storage.domain.refusals import (
    AddressTaken,
    AlreadyKnown,
    NotCoordinator,
    NotInChannel,
    Refusal,
    UnknownOrganisation,
)

SENTENCES: dict[type[Refusal], str] = {
    NotCoordinator: "Dat kan alleen de coördinator.",
    NotInChannel: "Zeg dat in het kanaal zelf, en vermeld me daar met @.",
    UnknownOrganisation: "Die organisatie ken ik niet. Kies er een uit de lijst.",
    AlreadyKnown: "Ik ken je al, dat is in orde.",
    AddressTaken: "Je e-mailadres hoort bij een andere account. Laat het even weten aan de coördinator.",
}


def sentence(refusal: Refusal) -> str:
    """Why not, in Dutch."""
    return SENTENCES[type(refusal)]
