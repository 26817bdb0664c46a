"""What the command line says about the Teams app package and the manifest template."""

PACKAGE_WRITTEN = (
    "Het app-pakket staat klaar: {path}\nLaad het op in het Teams-beheercentrum, onder Teams-apps > Apps beheren."
)

PACKAGE_ERRORS: dict[str, str] = {
    "bad_app_id": (
        "'{value}' is geen geldige app-id. Neem de toepassings-id (client-id) van je bot over uit Azure; "
        "die ziet eruit als 12345678-90ab-cdef-1234-567890abcdef."
    ),
    "bad_domain": (
        "'{value}' is geen geldige domeinnaam. Geef alleen de naam van de server, "
        "zonder https://, poort of pad, bijvoorbeeld bot.netwerk.example."
    ),
    "missing_file": "Het bestand {value} ontbreekt of is niet te lezen. Zet het terug en probeer opnieuw.",
    "not_written": "Ik kan het pakket niet bewaren als {value}. Kies een andere plaats en probeer opnieuw.",
}

MANIFEST_PROBLEMS: dict[str, str] = {
    "missing_file": "Manifest: het bestand {value} ontbreekt of is niet te lezen.",
    "bad_json": "Manifest: manifest.json is geen geldige JSON ({value}).",
    "missing_placeholder": "Manifest: de plaatshouder {value} ontbreekt in manifest.json.",
    "unknown_placeholder": "Manifest: manifest.json bevat een onbekende plaatshouder, {value}.",
    "missing_field": "Manifest: het veld {value} ontbreekt of is leeg.",
    "too_long": "Manifest: het veld {value} is te lang.",
    "bad_version": "Manifest: de versie '{value}' heeft niet de vorm 1.2.3.",
    "bad_icon": "Manifest: het pictogram {value} is geen PNG van de juiste grootte.",
}
