"""`check`, `package` and `demo` on the command line: exit status and lines."""

import io
import json
import os
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bot.__main__ import main
from dialogs.texts import commands as texts
from tests.bot.entra import REFUSED, TENANT, Entra, entra_on_loopback
from tests.bot.microsoft import Microsoft, microsoft_on_loopback, new_key
from tests.bot.processes import free_port, run

Query = Callable[[str], list[tuple[object, ...]]]
APP = "b0f0c0de-0000-4000-8000-00000000000a"
SECRET = "zeester-77"
OTHER = "b0f0c0de-0000-4000-8000-00000000000c"
VARIABLES = ("MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId", "MicrosoftAppType", "BOT_NOW")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with nothing set but a free port."""
    for name in (*VARIABLES, "DATABASE_URL", *(name for name in os.environ if name.startswith("BOT_"))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", str(free_port()))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def filled(folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose DATABASE_URL is the demo network's database."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    return folder


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """The exit status, and each line by its subject; with the mark first."""
    status = main(["check"])
    lines = dict[str, str]()
    for line in capsys.readouterr().out.splitlines():
        mark, _, rest = line.partition(" ")
        subject, _, found = rest.partition(": ")
        lines[subject] = f"{mark} {found}"
    return status, lines


@pytest.mark.usefixtures("folder")
def test_in_an_empty_folder_nothing_stops_the_bot(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(capsys)
    assert status == 0
    assert {subject: found[0] for subject, found in lines.items()} == {
        "instellingen": "✓",
        "aanmelding bij Microsoft": "·",
        "databank": "✓",
        "schema van de databank": "·",
        "manifest": "✓",
        "poort": "✓",
    }


def test_looking_makes_no_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("filled")
def test_a_filled_database_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(capsys)
    assert status == 0
    summary = texts.CHECK_NETWORK.format(name="Onderwijsambassadeurs Waterland", people=13, coordinators=1)
    assert lines["netwerk"] == f"✓ {summary}"
    assert lines["schema van de databank"] == f"✓ {texts.CHECK_OK}"
    assert lines["kanaal voor berichten"] == f"· {texts.CHECK_NO_CHANNEL}"


@pytest.mark.usefixtures("filled")
def test_a_chosen_channel_needs_no_remark(query: Query, capsys: pytest.CaptureFixture[str]) -> None:
    query(
        "INSERT INTO places (conversation_id, kind, service_url, posts_here)"
        " VALUES ('19:x@thread.tacv2', 'channel', 'https://smba.trafficmanager.net/emea/', 1)"
    )
    status, lines = checked(capsys)
    assert (status, "kanaal voor berichten" in lines) == (0, False)


@pytest.mark.usefixtures("filled")
def test_a_network_without_a_coordinator_stops_the_bot(query: Query, capsys: pytest.CaptureFixture[str]) -> None:
    query("UPDATE people SET role = 'ambassador'")
    status, lines = checked(capsys)
    assert (status, lines["netwerk"]) == (1, f"✗ {texts.CHECK_NO_COORDINATOR}")


@pytest.mark.usefixtures("filled")
def test_a_network_without_people_gets_a_remark(query: Query, capsys: pytest.CaptureFixture[str]) -> None:
    for table in ("agenda_points", "registrations", "sessions", "meetings", "people"):
        query(f"DELETE FROM {table}")
    status, lines = checked(capsys)
    assert (status, lines["netwerk"]) == (0, f"· {texts.CHECK_NETWORK_EMPTY}")


@pytest.mark.usefixtures("filled")
def test_an_older_schema_gets_a_remark(query: Query, capsys: pytest.CaptureFixture[str]) -> None:
    query("UPDATE alembic_version SET version_num = '0000'")
    status, lines = checked(capsys)
    assert (status, lines["schema van de databank"]) == (0, f"· {texts.CHECK_SCHEMA_OLD}")


@pytest.mark.usefixtures("folder")
def test_bad_settings_stop_the_bot_and_are_all_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "nul")
    monkeypatch.setenv("MicrosoftAppPassword", SECRET)
    monkeypatch.setenv("DATABASE_URL", f"mysql://u:{SECRET}@h/d")
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    assert [name for name in ("PORT", "DATABASE_URL", "MicrosoftAppId") if f"✗ instellingen: {name}" in printed] == [
        "PORT",
        "DATABASE_URL",
        "MicrosoftAppId",
    ]
    assert SECRET not in printed


def test_bad_settings_end_the_process_with_one(tmp_path: Path) -> None:
    ended = run(tmp_path, "check", from_nothing=True, MicrosoftAppId="bot")
    assert (ended.status, ended.err) == (1, "")
    assert "✗ instellingen: MicrosoftAppId is geen geldige id (bot)" in ended.out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "kind",
    [
        "postgres",
        "missing_folder",
        "no_database",
    ],
)
def test_an_unreachable_database_stops_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    (tmp_path / "brief.txt").write_text("Beste Nele, " * 1000)
    urls = {
        "postgres": f"postgresql://bot:{SECRET}@127.0.0.1:{free_port()}/network",
        "missing_folder": f"sqlite:///{tmp_path}/geen/map/bot.db",
        "no_database": f"sqlite:///{tmp_path}/brief.txt",
    }
    monkeypatch.setenv("DATABASE_URL", urls[kind])
    status, lines = checked(capsys)
    assert status == 1
    assert lines["databank"].startswith("✗ De databank is niet bereikbaar")
    assert SECRET not in str(lines)
    assert "manifest" in lines


@pytest.mark.usefixtures("folder")
def test_with_postgresql_there_are_no_anonymous_polls_before_there_is_a_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "anonieme peilingen" not in checked(capsys)[1]  # SQLite has a file for it
    monkeypatch.setenv("DATABASE_URL", f"postgresql://bot@127.0.0.1:{free_port()}/network")
    assert checked(capsys)[1]["anonieme peilingen"] == f"· {texts.CHECK_NO_URN_KEY}"
    monkeypatch.setenv("BOT_URN_KEY", "sleutel-van-het-netwerk-32-tekens")
    assert "anonieme peilingen" not in checked(capsys)[1]


def test_a_key_file_of_no_use_gets_a_remark(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'netwerk.db'}")
    (folder / "netwerk.db.key").write_text("kort")
    status, lines = checked(capsys)
    assert (status, lines["anonieme peilingen"]) == (0, f"· {texts.CHECK_BAD_URN_FILE}")


@pytest.mark.usefixtures("folder")
def test_a_taken_port_gets_a_remark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        status, lines = checked(capsys)
    assert (status, lines["poort"]) == (0, f"· {texts.CHECK_LISTENS.format(port=port)}")


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """The key with which Microsoft signs."""
    return new_key()


@pytest.fixture
def microsoft(key: RSAPrivateKey) -> Iterator[Microsoft]:
    """Where the signing keys are."""
    with microsoft_on_loopback(key) as started:
        yield started


@pytest.fixture
def entra(key: RSAPrivateKey, tmp_path: Path) -> Iterator[Entra]:
    """Where the bot gets its own token."""
    with entra_on_loopback(key, tmp_path) as started:
        yield started


@pytest.fixture
def real(microsoft: Microsoft, entra: Entra) -> dict[str, str]:
    """The variables of a bot with an app id; every host but this machine is behind a proxy that isn't there."""
    return {
        "MicrosoftAppId": APP,
        "MicrosoftAppPassword": SECRET,
        "MicrosoftAppTenantId": TENANT,
        "BOT_LOGIN_AUTHORITY": entra.authority,
        "BOT_OPENID_METADATA_URL": microsoft.metadata_url,
        "REQUESTS_CA_BUNDLE": str(entra.ca),
        "HTTPS_PROXY": f"http://127.0.0.1:{free_port()}",
        "NO_PROXY": "127.0.0.1",
    }


def check_process(folder: Path, variables: dict[str, str]) -> tuple[int, list[str]]:
    """The exit status and lines of a real `check`, which shows no secret."""
    ended = run(folder, "check", **variables)
    assert SECRET not in ended.out + ended.err
    return ended.status, ended.out.splitlines()


def test_a_bot_with_an_app_id_tries_its_credentials_and_microsofts_keys(
    tmp_path: Path, real: dict[str, str], entra: Entra
) -> None:
    status, lines = check_process(tmp_path, real)
    assert status == 0
    assert f"✓ aanmelding bij Microsoft: {texts.CHECK_OK}" in lines
    assert f"✓ sleutels van Microsoft: {texts.CHECK_OK}" in lines
    assert [path for path, _ in entra.asked] == [entra.discovery, entra.token_path]


def test_a_refused_secret_stops_the_bot(tmp_path: Path, real: dict[str, str], entra: Entra) -> None:
    entra.refuses = True
    status, lines = check_process(tmp_path, real)
    told = texts.CHECK_NO_TOKEN.format(reason=f"invalid_client: {REFUSED}")
    assert (status, f"✗ aanmelding bij Microsoft: {told}" in lines) == (1, True)


def test_keys_that_can_not_be_fetched_stop_the_bot(tmp_path: Path, real: dict[str, str], microsoft: Microsoft) -> None:
    microsoft.down = True
    status, lines = check_process(tmp_path, real)
    assert (status, f"✗ sleutels van Microsoft: {texts.CHECK_NO_KEYS}" in lines) == (1, True)


def test_who_is_let_in_and_where_is_called_is_told_when_it_is_unusual(tmp_path: Path, real: dict[str, str]) -> None:
    chosen = {"BOT_TENANTS": f"{OTHER},{TENANT}", "BOT_SERVICE_HOSTS": "smba.example:8443"}
    status, lines = check_process(tmp_path, {**real, **chosen})
    hosts = "smba.example:8443, smba.infra.gcc.teams.microsoft.com, smba.trafficmanager.net"
    assert status == 0
    assert f"· toegelaten tenants: {TENANT}, {OTHER}" in lines
    assert f"· toegelaten hosts van Teams: {hosts}" in lines
    assert f"· aanmelden bij: {real['BOT_LOGIN_AUTHORITY']}" in lines
    assert f"· sleutels worden gehaald bij: {real['BOT_OPENID_METADATA_URL']}" in lines


def test_how_the_bot_runs_is_told_when_it_is_unusual(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_SENDING_HOURS", "9-17.30")
    monkeypatch.setenv("BOT_SENDS_PER_SECOND", "20")
    monkeypatch.setenv("BOT_METRICS_TOKEN", "token-van-het-netwerk")
    status, lines = checked(capsys)
    assert status == 0
    assert lines["uren waarin de bot zelf schrijft"] == "· van 09.00 tot 17.30 uur"
    assert lines["berichten per seconde"] == "· 20"
    assert lines["cijfers op /metrics"] == f"· {texts.CHECK_WITH_TOKEN}"


def test_where_links_lead_is_told_and_that_there_are_none_for_want_of_an_address(
    tmp_path: Path, real: dict[str, str]
) -> None:
    status, lines = check_process(tmp_path, real)
    assert (status, f"· links naar bestanden: {texts.CHECK_NO_LINKS}" in lines) == (0, True)
    _, lines = check_process(tmp_path, {**real, "BOT_PUBLIC_URL": "https://bot.example"})
    assert "· links naar bestanden: beginnen met https://bot.example" in lines


def test_the_usual_tenants_and_hosts_are_not_told(tmp_path: Path, real: dict[str, str]) -> None:
    _, lines = check_process(tmp_path, {**real, "BOT_TENANTS": TENANT.upper()})
    assert [line for line in lines if "toegelaten" in line] == []


def test_a_package_is_made_where_it_was_asked_for(folder: Path) -> None:
    assert main(["package", "--app-id", APP, "--domain", "bot.waterland.example", "--output", "app.zip"]) == 0
    with zipfile.ZipFile(folder / "app.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["bots"][0]["botId"] == APP
    assert "bot.waterland.example" in manifest["validDomains"]


def test_a_package_goes_to_the_working_folder_by_default(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "--app-id", APP, "--domain", "bot.waterland.example"]) == 0
    assert (folder / "ambassadeursbot.zip").exists()
    assert "ambassadeursbot.zip" in capsys.readouterr().out


def test_a_package_for_a_wrong_id_is_not_made(folder: Path) -> None:
    assert main(["package", "--app-id", "bot", "--domain", "bot.waterland.example"]) == 2
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["package"], ["package", "--app-id", APP], ["chat", "--in", "kelder"], [], ["x"]]
)
def test_a_wrong_command_line_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("Dat klopt niet: ")


@pytest.mark.usefixtures("folder")
def test_the_demo_names_its_people_when_somebody_else_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--as", "onbekend@elders.example", "--no-browser"]) == 2
    told = capsys.readouterr().err
    assert "onbekend@elders.example" in told
    assert "nele@waterland.example" in told


@pytest.mark.usefixtures("folder")
def test_without_node_the_demo_is_a_conversation_in_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "stdin", io.StringIO("wie is de coördinator?\n/stop\n"))
    assert main(["demo", "--as", "NELE@waterland.example"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert texts.DEMO_NO_NODE in told
    assert "De coördinator is Nele Verhaegen" in told


@pytest.mark.usefixtures("folder")
def test_a_demo_on_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main(["demo", "--no-browser"]) == 2
    assert capsys.readouterr().err.strip() == texts.PORT_TAKEN.format(port=port)
