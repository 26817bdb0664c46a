"""What the bot says when it can't read a file: what is wrong, and what to do."""

from storage.domain.uploads import Unread

SENTENCES: dict[Unread, str] = {
    Unread.EMPTY: "Dit bestand is leeg. Stuur me het juiste, of plak de tekst hier.",
    Unread.TOO_BIG: "Dit bestand is te groot: ik lees er tot 10 MB. Haal er de foto’s uit, of plak de tekst hier.",
    Unread.TOO_LONG: "Dit is te lang voor een verslag. Stuur me alleen het verslag zelf, zonder bijlagen.",
    Unread.TOO_HEAVY: "Dit bestand krijg ik niet op tijd gelezen. Sla het op als Word-bestand zonder foto’s, of plak de tekst hier.",
    Unread.BROKEN: "Dit bestand is beschadigd. Open het eens, sla het opnieuw op en stuur het me nog eens.",
    Unread.SUSPECT: "Dit bestand zit vreemd in elkaar, dus ik open het niet. Plak de tekst hier, dan lees ik die.",
    Unread.LOCKED: "Dit bestand is beveiligd. Sla het op zonder wachtwoord of beveiliging en stuur het me nog eens.",
    Unread.SCAN: "Dit is een scan: er staat geen tekst in. Stuur me het Word-bestand, of plak de tekst hier.",
    Unread.OLD_WORD: "Dit is een Word-bestand van de oude soort. Sla het op als .docx en stuur het me nog eens.",
    Unread.OTHER_WRITER: "Dit soort document lees ik niet. Sla het op als .docx of pdf en stuur het me nog eens.",
    Unread.SPREADSHEET: "Een rekenblad lees ik niet als verslag. Stuur me een Word-bestand of pdf, of plak de tekst hier.",
    Unread.PRESENTATION: "Een presentatie lees ik niet als verslag. Stuur me een Word-bestand of pdf, of plak de tekst hier.",
    Unread.IMAGE: "Van een foto kan ik de tekst niet lezen. Stuur me het Word-bestand, of plak de tekst hier.",
    Unread.MEDIA: "Naar een opname kan ik niet luisteren. Stuur me het verslag als Word-bestand of pdf.",
    Unread.ARCHIVE: "Een zip-bestand pak ik niet uit. Stuur me het verslag zelf, als Word-bestand of pdf.",
    Unread.PROGRAM: "Dit is een programma, dat open ik niet. Stuur me een Word-bestand of pdf.",
    Unread.WEB_PAGE: "Dit is een webpagina. Stuur me een Word-bestand of pdf, of plak de tekst hier.",
    Unread.UNKNOWN: "Dit soort bestand ken ik niet. Stuur me een Word-bestand, pdf of tekstbestand, of plak de tekst hier.",
    Unread.WRONG_PLACE: "Van daar mag ik niets ophalen. Stuur me het bestand zelf, hier in Teams.",
    Unread.LINK_DEAD: "Ik kan niet meer bij dit bestand. Stuur het me nog eens.",
    Unread.NOT_FETCHED: "Ik kreeg het bestand niet binnen. Stuur het straks nog eens, of plak de tekst hier.",
}


def unreadable(reason: Unread) -> str:
    """What to do about a file that gives no text."""
    return SENTENCES[reason]
