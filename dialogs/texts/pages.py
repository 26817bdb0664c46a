"""The web pages: the three that Teams asks an app to have (what it is, privacy, terms), and one for dead links."""

_FRAME = """<!doctype html>
<html lang="nl-BE"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>body{{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;
color:#1b1b1b}}h1{{color:#0f5c66}}a{{color:#0f5c66}}</style></head><body><h1>{title}</h1>{body}
<p><a href="/">Ambassadeursbot</a> · <a href="/privacy">Privacy</a> · <a href="/voorwaarden">Voorwaarden</a></p></body></html>"""

ABOUT = _FRAME.format(
    title="Ambassadeursbot",
    body=(
        "<p>De Ambassadeursbot beantwoordt in Microsoft Teams de vragen van onderwijsambassadeurs over hun "
        "bijeenkomsten: wanneer, waar, wat er op de agenda staat en wie er komt. Hij houdt ook peilingen.</p>"
    ),
)

PRIVACY = _FRAME.format(
    title="Privacy",
    body=(
        "<p><strong>Wat de bot bewaart.</strong> Van wie in het netwerk zit: naam, e-mailadres, organisatie, de "
        "account-id in Teams, en bij elke bijeenkomst wie ingeschreven, verontschuldigd, vervangen of aanwezig is, welke sessie "
        "iemand koos, of er betaald is, en wie dat wanneer veranderde. Van een gast: naam, organisatie en e-mailadres, zoals "
        "opgegeven door wie de gast meebrengt. Waarom iemand verontschuldigd is, ziet alleen de coördinator; dat en wat die erbij "
        "noteert, wist de bot een half jaar na de bijeenkomst.</p>"
        "<p>Van de agenda's: wie een punt voorstelde, met titel en uitleg, wie het ook wil (in een kanaal telt de bot dat alleen), "
        "wat erover gezegd werd, en wie beloofde iets mee te brengen. Wat in een casus verteld wordt, zien alleen wie hem voorstelde, de "
        "coördinator en wie de bijeenkomst organiseert, en vanaf de bekendmaking van de agenda wie deelneemt. Die tekst en wat erover "
        "gezegd werd, wist de bot dertig dagen na de bijeenkomst, tenzij de coördinator een andere termijn koos, of na negentig dagen "
        "op de plank, of een week nadat je de casus introk; alleen de titel blijft. Andere reacties wist hij een half jaar na de "
        "bijeenkomst, en wat iemand begon in te vullen maar niet afmaakte na een week. Voor hij iets bewaart, zoekt de bot naar namen "
        "en andere gegevens van personen en vraagt hij de schrijver om ze weg te laten; dat vindt niet alles.</p>"
        "<p>Van een bijeenkomst die voorbij is: wat er genoteerd werd en door wie, het verslag dat iemand bezorgde, de samenvatting "
        "met haar versies, wie er een opmerking bij had, en welke acties voor wie zijn. Dat zien wie ook de agenda mag zien. Wat over een casus "
        "genoteerd werd of iemand herkenbaar maakt, wordt niet verspreid en niet doorzocht; de bot wist het samen met de casus, en met de tekst "
        "van het verslag waarin het stond. Een bestand dat je stuurt, leest de bot en bewaart hij niet; enkel de tekst blijft.</p>"
        "<p>Van een peiling: de vraag, de keuzes, wie ze startte en wie mag stemmen. Bij een peiling op naam, en dat staat op de kaart, ook wie wat "
        "koos en wanneer. Dat ziet wie de peiling mag zien, zodra de stand te zien is. Een half jaar na het sluiten blijft alleen de uitslag. Van een "
        "anonieme peiling is van niemand terug te vinden wat die koos, ook niet in het logboek of in reservekopieën: de stembriefjes liggen door elkaar en "
        "versleuteld, met een sleutel die niet in de databank staat. Dat iemand stemde, onthoudt de bot tot de peiling sluit; dan blijven alleen "
        "aantallen over, en van minder dan drie stemmen niets.</p>"
        "<p>Van een gesprek onthoudt de bot over welke bijeenkomst of persoon het laatst ging en wat hij je vroeg, twaalf uur "
        "lang. Wat je schrijft, bewaart hij niet, behalve wat je hem laat noteren of doorgeven: een bijeenkomst, een reden, een "
        "vraag aan de coördinator, het antwoord daarop, een mededeling. Vragen en mededelingen wist hij na een half jaar. Zet de coördinator een vraag en haar antwoord bij de veelgestelde vragen, dan "
        "blijven die daar staan, zonder je naam. Waar je chat met de bot is, onthoudt hij om je te kunnen schrijven; dat hij je "
        "iets stuurde, en wanneer, negentig dagen.</p>"
        "<p><strong>Wie wat ziet.</strong> E-mailadressen, wie verontschuldigd is en je eigen inschrijvingen vertelt "
        "de bot alleen in een persoonlijke chat. In een kanaal of groepschat leest de bot alleen berichten waarin hij "
        "vermeld wordt.</p>"
        "<p><strong>Waar de gegevens staan.</strong> In de eigen databank van je netwerk. De bot stuurt niets naar "
        "andere diensten dan Microsoft Teams.</p>"
        "<p><strong>Vragen of laten verwijderen.</strong> Dat regel je met de coördinator van je netwerk.</p>"
    ),
)

TERMS = _FRAME.format(
    title="Voorwaarden",
    body=(
        "<p>De bot is er voor de leden van het netwerk. Schrijf er geen namen of gegevens van kinderen of jongeren in. "
        "De antwoorden komen uit wat de coördinator en de leden doorgeven; klopt er iets niet, laat het dan weten aan "
        "de coördinator.</p>"
    ),
)

LINK_DOES_NOT_WORK = _FRAME.format(
    title="Deze link werkt niet (meer)",
    body=(
        "<p>Links naar bestanden werken maar een tijd. Vraag het bestand opnieuw aan de Ambassadeursbot in Teams, of aan de "
        "coördinator van je netwerk.</p>"
    ),
)
