"""What the command line says."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.domain.imports import Change, ImportReport, Noun, Record, Value

DESCRIPTION = "De Ambassadeursbot: een bot in Microsoft Teams voor de bijeenkomsten van onderwijsambassadeurs."
VERBS = {
    "serve": "draai de bot voor Teams; de instellingen komen uit de omgeving (zie .env.example)",
    "demo": "draai de bot met een verzonnen netwerk, met de Agents Playground ernaast",
    "chat": "praat met de bot in de terminal, of stel één vraag",
    "import": "lees een netwerkbestand in",
    "import-minutes": "lees een map met oude verslagen in, zodat de bot ze kan doorzoeken",
    "check": "kijk na wat er ingesteld en bereikbaar is",
    "understand": "toon wat de bot van een tekst begrijpt",
    "minutes": "toon wat er in een verslag staat (.docx, .pdf, .txt of .md)",
    "package": "maak het app-pakket (zip) om in Teams op te laden",
}
USAGE = "Gebruik: "
HELP_WORDS = {
    "usage: ": USAGE,
    "positional arguments:": "wat je opgeeft:",
    "options:": "mogelijkheden:",
    "show this help message and exit": "toon deze uitleg",
}
USAGE_ERROR = "Dat klopt niet: {reason}. Zie {program} --help."
USAGE_REASONS = {
    "the following arguments are required: ": "er ontbreekt ",
    "unrecognized arguments: ": "dit ken ik niet: ",
    "expected one argument": "er hoort één waarde bij",
    "invalid choice: ": "dit kan niet: ",
    "choose from": "kies uit",
    "argument ": "bij ",
    "invalid Path value": "geen geldig pad",
}
OPTIONS = {
    "folder": "de map met verslagen (.docx, .pdf, .txt of .md)",
    "audience": "voor wie: het hele netwerk, of alleen wie er was; anders volgens de soort bijeenkomst",
    "kind": "welke soort bijeenkomst het was; anders volgens de titel",
    "file": "het netwerkbestand (YAML)",
    "dry_run": "toon de verschillen zonder iets te veranderen",
    "as": "het e-mailadres van wie je bent",
    "question": "één vraag; zonder vraag begint een gesprek",
    "json": "toon de activiteiten zoals de bot ze stuurt",
    "text": "de tekst",
    "now": "het moment waarop het gezegd wordt (ISO, met tijdzone)",
    "network": "een netwerkbestand in plaats van de databank",
    "batch": "een bestand met één tekst per regel",
    "app_id": "de toepassings-id van je bot in Azure",
    "domain": "de domeinnaam waarop de bot bereikbaar is",
    "output": "waar het pakket komt",
    "no_browser": "open geen browser",
    "place": "waar je praat: persoonlijk, groep of kanaal",
    "report": "het verslag",
    "report_json": "toon alles als JSON, met waar het in de tekst staat",
}

SETTING_PROBLEMS = {
    "guid": "{name} is geen geldige id ({value}); verwacht: 12345678-90ab-cdef-1234-567890abcdef",
    "port": "{name} is geen poort ({value}); verwacht: een getal van 1 tot 65535",
    "database": "{name} begint met {value}; verwacht: sqlite:///BESTAND of postgresql+asyncpg://…",
    "moment": "{name} is geen tijdstip ({value}); verwacht: bijvoorbeeld 2026-11-21T10:00:00+01:00",
    "app_type": "{name} is {value}; verwacht: SingleTenant, MultiTenant of UserAssignedMSI",
    "edge": "{name} is {value}; verwacht: own of sdk",
    "log": "{name} is {value}; verwacht: json of text",
    "short": "{name} is te kort; verwacht: minstens 16 tekens",
    "short_key": "{name} is te kort; verwacht: minstens 32 tekens",
    "missing": "{name} ontbreekt",
    "only_local": "{name} mag alleen zonder MicrosoftAppId, of als BOT_SERVICE_HOSTS enkel deze computer noemt: een echte bot leeft in de echte tijd",
    "tenants": "{name} bevat iets dat geen tenant-id is ({value}); verwacht: id's zoals 12345678-90ab-cdef-1234-567890abcdef, met komma's ertussen",
    "service_host": "{name} bevat iets dat geen host is ({value}); verwacht: HOST of HOST:POORT, met komma's ertussen",
    "wildcard": "{name} kent geen sterretjes ({value}); noem elke host voluit",
    "metadata": "{name} is geen https-adres ({value}); verwacht: bijvoorbeeld https://login.botframework.com/v1/.well-known/openidconfiguration",
    "authority": "{name} is geen https-adres met een tenant ({value}); verwacht: bijvoorbeeld https://login.microsoftonline.com/TENANT",
    "public": "{name} is geen https-adres van een host ({value}); verwacht: bijvoorbeeld https://bot.example, zonder pad",
    "not_with_msi": "{name} kan niet samen met UserAssignedMSI: een beheerde identiteit meldt zich niet op zo'n adres aan",
    "sends": "{name} is {value}; verwacht: een geheel getal van 1 tot 50",
    "file_host": "{name} bevat iets waar Teams geen bestanden bewaart ({value}); verwacht: NAAM.sharepoint.com, *.sharepoint.com of graph.microsoft.com, met komma's ertussen",
    "hours": "{name} is {value}; verwacht: bijvoorbeeld 8.00-18.00, begin en einde op één dag",
}
BAD_SETTINGS = "De instellingen kloppen niet:"
DATABASE_UNREACHABLE = "De databank is niet bereikbaar ({reason}). Kijk DATABASE_URL na."
PORT_TAKEN = "Poort {port} is al in gebruik. Stop wat daar draait, of kies een andere poort met PORT=…"
CANNOT_START = "De bot kan niet starten ({reason})."
SERVING = "De bot luistert op {url}/api/messages."
SERVING_LOCAL = "De bot luistert op {url}/api/messages, alleen voor deze computer (er is geen MicrosoftAppId)."
STOPPED = "De bot is gestopt."

FILE_UNREADABLE = "{file}: dit bestand kan ik niet lezen ({reason})."
IMPORT_FAILED = "Er is niets veranderd. Te verbeteren in {file}:"
NO_VALUE = "(leeg)"
IMPORT_NOTHING = "Alles stond er al: er is niets veranderd."
IMPORT_DONE = "Ingelezen: {created} nieuw, {changed} gewijzigd."
IMPORT_WOULD = "Zou inlezen: {created} nieuw, {changed} gewijzigd. Er is niets veranderd."

NOUNS = {
    Noun.NETWORK: "netwerk",
    Noun.ORGANISATION: "organisatie",
    Noun.PERSON: "persoon",
    Noun.MEETING: "bijeenkomst",
    Noun.SESSION: "sessie",
    Noun.AGENDA_POINT: "agendapunt",
    Noun.REGISTRATION: "inschrijving",
    Noun.QUESTION: "vraag",
}

MISTAKES = {
    "file_empty": "dit bestand is leeg; verwacht: network, organisations, people, meetings of faq",
    "file_shape": "dit is geen netwerkbestand; verwacht: network, organisations, people, meetings of faq",
    "file_encoding": "dit teken is geen UTF-8; verwacht: een bestand dat als UTF-8 bewaard is",
    "yaml_syntax": "dit is geen geldige YAML ({value}); verwacht: 'veld: waarde', ingesprongen met spaties",
    "yaml_twice": "'{value}' staat hier een tweede keer; verwacht: elk veld één keer",
    "yaml_alias": "verwijzingen (* en &) lees ik niet; verwacht: de gegevens voluit",
    "yaml_too_deep": "dit zit te diep genest; verwacht: hoogstens 20 niveaus",
    "extra_forbidden": "het veld '{field}' ken ik niet; verwacht: een veld uit het voorbeeld",
    "missing": "het veld '{field}' ontbreekt",
    "enum": "'{value}' kan niet bij {field}; verwacht: {expected}",
    "literal_error": "'{value}' kan niet bij {field}; verwacht: {expected}",
    "datetime_from_date_parsing": "'{value}' bij {field} is geen tijdstip; verwacht: bijvoorbeeld 2027-02-04 09:30",
    "datetime_parsing": "'{value}' bij {field} is geen tijdstip; verwacht: bijvoorbeeld 2027-02-04 09:30",
    "datetime_type": "'{value}' bij {field} is geen tijdstip; verwacht: bijvoorbeeld 2027-02-04 09:30",
    "timezone_naive": "'{value}' bij {field} heeft een tijdzone; verwacht: de plaatselijke tijd, zonder zone",
    "date_parsing": "'{value}' bij {field} is geen datum; verwacht: bijvoorbeeld 2027-02-04",
    "date_from_datetime_parsing": "'{value}' bij {field} is geen datum; verwacht: bijvoorbeeld 2027-02-04",
    "date_from_datetime_inexact": "'{value}' bij {field} is geen datum; verwacht: een dag zonder uur",
    "date_type": "'{value}' bij {field} is geen datum; verwacht: bijvoorbeeld 2027-02-04",
    "int_type": "'{value}' bij {field} is geen geheel getal; verwacht: bijvoorbeeld 20",
    "greater_than_equal": "'{value}' bij {field} is te klein; verwacht: minstens {expected}",
    "less_than_equal": "'{value}' bij {field} is te groot; verwacht: hoogstens {expected}",
    "decimal_parsing": "'{value}' bij {field} is geen bedrag; verwacht: bijvoorbeeld 10 of 7.50",
    "decimal_type": "'{value}' bij {field} is geen bedrag; verwacht: bijvoorbeeld 10 of 7.50",
    "decimal_max_places": "'{value}' bij {field} heeft te veel cijfers na de komma; verwacht: hoogstens 2",
    "finite_number": "'{value}' bij {field} is geen bedrag; verwacht: bijvoorbeeld 10 of 7.50",
    "string_type": "'{value}' bij {field} is geen tekst; zet ze tussen aanhalingstekens",
    "string_too_short": "{field} is leeg; verwacht: tekst",
    "string_too_long": "{field} is te lang; verwacht: hoogstens {expected} tekens",
    "control_character": "{field} bevat een onzichtbaar stuurteken; verwacht: gewone tekst",
    "string_pattern_mismatch": "'{value}' kan niet bij {field}; verwacht: {shape}",
    "list_type": "bij {field} verwacht ik een lijst",
    "model_type": "bij {field} verwacht ik een blok met velden",
    "unknown_person": "'{value}' bij {field} staat niet bij people; verwacht: het e-mailadres van iemand uit het netwerk",
    "unknown_organisation": "'{value}' bij {field} staat niet bij organisations; verwacht: de naam van een organisatie",
    "unknown_session": "'{value}' bij {field} is geen sessie van deze bijeenkomst; verwacht: een key uit sessions",
    "unknown_region": "'{value}' bij {field} staat niet bij regions; verwacht: {expected}",
    "ends_before_start": "{field} ({value}) ligt niet na starts; verwacht: een later tijdstip",
    "no_such_time": "{value} bestaat niet: dan springt de klok vooruit; verwacht: een ander uur",
    "timezone": "'{value}' is geen tijdzone; verwacht: bijvoorbeeld Europe/Brussels",
    "twice_the_same": "'{value}' bij {field} staat ook op regel {expected}; verwacht: elk één keer",
    "replaces_self": "'{value}' kan niet door zichzelf vervangen worden; verwacht: iemand anders",
    "conflict": "'{value}' bij {field} past niet bij wat er al in de databank staat",
}
MISTAKE_OTHER = "'{value}' kan niet bij {field}"
SHAPES = {
    "email": "een e-mailadres",
    "person": "een e-mailadres",
    "organiser": "een e-mailadres",
    "note_taker": "een e-mailadres",
    "replaced_by": "een e-mailadres",
    "entra_id": "een id zoals 12345678-90ab-cdef-1234-567890abcdef",
    "key": "kleine letters, cijfers en koppeltekens",
    "session": "kleine letters, cijfers en koppeltekens",
    "online_url": "een adres dat met https:// begint",
}

CHECK_OK = "in orde"
CHECKS = {
    "settings": "instellingen",
    "tenants": "toegelaten tenants",
    "hosts": "toegelaten hosts van Teams",
    "login": "aanmelden bij",
    "metadata": "sleutels worden gehaald bij",
    "edge": "wie aanklopt, wordt nagekeken door",
    "sends": "berichten per seconde",
    "hours": "uren waarin de bot zelf schrijft",
    "metrics": "cijfers op /metrics",
    "links": "links naar bestanden",
    "files": "waar bestanden opgehaald mogen worden",
    "clock": "de klok begint op",
    "credentials": "aanmelding bij Microsoft",
    "keys": "sleutels van Microsoft",
    "database": "databank",
    "schema": "schema van de databank",
    "network": "netwerk",
    "channel": "kanaal voor berichten",
    "urn": "anonieme peilingen",
    "manifest": "manifest",
    "port": "poort",
}
CHECK_HOURS = "van {start:%H.%M} tot {end:%H.%M} uur"
CHECK_LINKS = "beginnen met {base}"
CHECK_NO_LINKS = "er zijn er geen: zet in BOT_PUBLIC_URL het adres waarop de bot te bereiken is"
CHECK_BAD_URN_FILE = (
    "kunnen nog niet: het bestand met de sleutel, naast dat van de databank (.key), kan ik niet lezen of maken"
)
CHECK_NO_URN_KEY = "kunnen nog niet: zet in BOT_URN_KEY een sleutel van minstens 32 tekens, voor elke kopie dezelfde"
CHECK_WITH_TOKEN = "ook van elders te zien, met het token"
CHECK_NO_APP_ID = "geen MicrosoftAppId: de bot werkt alleen op deze computer"
CHECK_SCHEMA_OLD = "nog niet bijgewerkt; dat gebeurt vanzelf bij 'python -m bot serve'"
CHECK_SCHEMA_EMPTY = "nog leeg; dat wordt aangemaakt bij 'python -m bot serve' of 'import'"
CHECK_NETWORK_EMPTY = "nog leeg; lees een bestand in met 'python -m bot import BESTAND'"
CHECK_NETWORK = "{name}: {people} mensen, {coordinators} coördinator(en)"
CHECK_NO_COORDINATOR = "er is nog niemand met de rol coordinator"
CHECK_NO_CHANNEL = "nog niet gekozen; de coördinator zegt 'post hier' in het kanaal"
CHECK_LISTENS = "op poort {port} luistert al iets"
CHECK_FREE = "poort {port} is vrij"
CHECK_NO_TOKEN = "Microsoft geeft geen token ({reason})"
CHECK_NO_KEYS = "de sleutels waarmee Microsoft ondertekent, kan ik niet ophalen; kijk BOT_OPENID_METADATA_URL na"

DEMO_READY = (
    "\nDe demo draait.\n  Playground:  {playground}\n  Bot:         {bot}/api/messages\n"
    "Je bent {name} ({email}). Iemand anders zijn? make demo AS={other}\n\nProbeer eens:"
)
DEMO_TRY = (
    "Wanneer is de volgende intervisie?",
    "en wie komt er?",
    "wat staat er op de agenda van de netwerkdag?",
    "schrijf me in voor de intervisie schoolmotivatie",
    "ik kan niet komen naar de netwerkdag",
    "waarvoor ben ik ingeschreven?",
    "welke peilingen lopen er?",
    "In het kanaal: @Ambassadeursbot poll: Waar spreken we af? De Vuurtoren; Het Anker",
    "In het kanaal: @Ambassadeursbot welke bijeenkomsten komen eraan?",
)
DEMO_STOP = "Stoppen: Ctrl-C."
DEMO_NO_NODE = "Node 18 of nieuwer is er niet, dus geen Playground: we praten hier in de terminal."
DEMO_PLAYGROUND_FAILED = "De Playground start niet ({reason}); we praten hier in de terminal."
DEMO_PLAYGROUND_REASONS = {"no_answer": "ze antwoordt niet", "ended": "ze stopte: {detail}"}
DEMO_GROUP = "Voorbereiding intervisie"
DEMO_CHANNEL = "Bijeenkomsten"
DEMO_UNKNOWN = "{email} zit niet in het demonetwerk. Kies uit: {emails}."

CHAT_HELLO = (
    "Je bent {name}, in {place}. Typ je vraag, of het nummer van een knop. Weg: Ctrl-D of /stop. Elders: {places}."
)
CHAT_PLACES = {"persoonlijk": "een persoonlijke chat", "groep": "een groepschat", "kanaal": "een kanaal"}
CHAT_PROMPT = "Jij"
CHAT_BOT = "Bot"
CHAT_PRIVATE = "Bot (persoonlijk)"
CHAT_NOTHING = "De bot geeft geen antwoord."
CHAT_REFUSED = "De bot weigert dit bericht (HTTP {status})."
CHAT_NO_BUTTON = "Die knop is er niet."
CHAT_DEMO = "Er is nog geen eigen netwerk; je praat met de demo."


def understood(part: Mapping[str, Any]) -> str:
    """What a text was taken to mean, for somebody who improves the language."""
    lines = [f"{part['text']}", f"  bedoeling: {part['intent']} ({part['confidence']:.0%} zeker)"]
    others = ", ".join(f"{intent} {chance:.0%}" for intent, chance in part["candidates"][1:4])
    lines.append(f"  of misschien: {others}")
    for label, found in (
        ("datums", [one["text"] for one in part["dates"]]),
        ("bijeenkomsten", part["meetings"]),
        ("mensen", part["people"]),
        ("organisaties", part["organisations"]),
    ):
        if found:
            lines.append(f"  {label}: {', '.join(found)}")
    return "\n".join(lines)


def setting_problem(name: str, code: str, value: str) -> str:
    """One wrong setting."""
    return "  " + SETTING_PROBLEMS[code].format(name=name, value=value)


def mistake(file: str, line: int, field: str, code: str, value: str, expected: str) -> str:
    """One mistake in a file, as FILE:LINE: what."""
    shape = SHAPES.get(field, "een andere waarde")
    choices = expected.replace(" or ", " of ")
    sentence = MISTAKES.get(code, MISTAKE_OTHER).format(field=field, value=value, expected=choices, shape=shape)
    return f"{file}:{line}: {sentence}"


def import_report(report: ImportReport, dry_run: bool) -> str:
    """What an import did or would do; with a dry run, every difference."""
    if report.empty:
        return IMPORT_NOTHING
    head = (IMPORT_WOULD if dry_run else IMPORT_DONE).format(created=len(report.created), changed=len(report.changed))
    lines: Sequence[str] = ()
    if dry_run:
        lines = [*(_created(record) for record in report.created), *(_changed(change) for change in report.changed)]
    return "\n".join([*lines, head])


def playground_failed(code: str, detail: str) -> str:
    """Why there is no Playground."""
    return DEMO_PLAYGROUND_FAILED.format(reason=DEMO_PLAYGROUND_REASONS[code].format(detail=detail))


def _created(record: Record) -> str:
    return f"+ {NOUNS[record.noun]} {' / '.join(record.key)}".rstrip()


def _changed(change: Change) -> str:
    name = f"~ {NOUNS[change.noun]} {' / '.join(change.key)}".rstrip()
    return f"{name}: {change.field}: {_value(change.old)} → {_value(change.new)}"


def _value(value: Value) -> str:
    if isinstance(value, dict):
        return _value(list(value.values()))
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value if one is not None) or NO_VALUE
    return NO_VALUE if value is None else str(value)


MINUTES_HEADINGS = {
    "attendees": "Aanwezig",
    "excused": "Verontschuldigd",
    "items": "Punten",
    "decisions": "Besluiten",
    "actions": "Acties",
    "deadlines": "Te onthouden",
    "carried_over": "Uitgestelde punten",
    "next_meetings": "Volgende bijeenkomsten",
    "future_topics": "Voor later",
}
OLD_TAKEN_IN = "{file}: ingelezen bij {title}, {day} ({lines} regels)"
OLD_WOULD_BE = "{file}: zou ingelezen worden als {title}, {day}"
OLD_MADE = "{told}, een bijeenkomst die ik nog niet kende"
OLD_HIDDEN = "{told}; {hidden} regels blijven privé, want ze lijken iemand herkenbaar te maken of horen bij een casus"
OLD_THERE = "{file}: stond er al, bij {title}, {day}"
OLD_TO_COME = "{file}: niet ingelezen, want {day} moet nog komen"
OLD_UNREADABLE = "{file}: niet te lezen. {reason}"
OLD_EMPTY = "{file}: hierin vind ik geen verslag"
OLD_WITHOUT_DAY = (
    "{file}: geen datum gevonden, ook niet in de naam. Zet ze in de naam, zoals 2024-03-12-intervisie.docx."
)
OLD_NO_FILES = "In {folder} vind ik geen verslagen (.docx, .pdf, .txt of .md)."
OLD_NO_FOLDER = "{folder} is geen map die ik kan lezen."
OLD_UNTITLED = "Bijeenkomst van {day}"
OLD_SUM = "{taken} ingelezen, {there} stonden er al, {failed} niet."
MINUTES_EMPTY = "Ik vind in dit bestand geen verslag."
MINUTES_UNTITLED = "Verslag zonder titel"
MINUTES_REPLACES = "vervangt {name}"
MINUTES_OWNER = "{owner}: {what}"
MINUTES_BY = "{what} (tegen {day})"
MINUTES_TO = "{title} (naar {when})"
