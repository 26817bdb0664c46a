"""Settings: every variable is read, everything wrong is named at once, and secrets are never shown."""

from datetime import datetime, time
from pathlib import Path

import pytest

from bot.settings import TEAMS_SERVICE_HOSTS, BadSettings, Settings, read_settings
from dialogs.texts.commands import SETTING_PROBLEMS, setting_problem
from tests.conftest import BRUSSELS

APP = "b0f0c0de-0000-4000-8000-00000000000a"
TENANT = "b0f0c0de-0000-4000-8000-00000000000b"
OTHER_TENANT = "b0f0c0de-0000-4000-8000-00000000000c"
SECRET = "zeester-77-geheim"
REAL = {"MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET, "MicrosoftAppTenantId": TENANT}


def problems(environment: dict[str, str]) -> list[tuple[str, str]]:
    """The name and code of everything wrong."""
    with pytest.raises(BadSettings) as caught:
        read_settings(environment)
    return [(problem.name, problem.code) for problem in caught.value.problems]


def sentences(environment: dict[str, str]) -> str:
    """Everything that is told about a wrong environment: to the user, and in a traceback."""
    with pytest.raises(BadSettings) as caught:
        read_settings(environment)
    told = [setting_problem(problem.name, problem.code, problem.value) for problem in caught.value.problems]
    return "\n".join([*told, repr(caught.value), str(caught.value)])


def test_an_empty_environment_is_a_local_bot_on_the_usual_port() -> None:
    settings = read_settings({})
    assert (settings.local_only, settings.host, settings.port) == (True, "127.0.0.1", 3978)
    assert settings.starts_at is None


def test_the_default_database_is_a_file_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}).database_url == f"sqlite:///{tmp_path}/ambassadeursbot.db"


def test_every_variable_is_read() -> None:
    environment = {**REAL, "MicrosoftAppType": "MultiTenant", "PORT": "8080", "DATABASE_URL": "postgresql://h/d"}
    settings = read_settings(environment)
    assert (settings.app_id, settings.app_password, settings.app_tenant_id) == (APP, SECRET, TENANT)
    assert (settings.app_type, settings.port, settings.database_url) == ("MultiTenant", 8080, "postgresql://h/d")


def test_a_bot_with_an_app_id_listens_to_the_world() -> None:
    settings = read_settings(REAL)
    assert (settings.local_only, settings.host) == (False, "0.0.0.0")


def test_white_space_around_values_is_ignored() -> None:
    settings = read_settings({"MicrosoftAppId": f" {APP}\n", **{k: f" {v} " for k, v in REAL.items() if k[-2:] != "Id"}}
                             | {"MicrosoftAppTenantId": f"{TENANT} ", "PORT": " 8080 "})  # fmt: skip
    assert (settings.app_id, settings.app_password, settings.port) == (APP, SECRET, 8080)


def test_ids_are_kept_in_lower_case() -> None:
    settings = read_settings({**REAL, "MicrosoftAppId": APP.upper(), "MicrosoftAppTenantId": TENANT.upper()})
    assert (settings.app_id, settings.app_tenant_id) == (APP, TENANT)


def test_blank_values_count_as_absent() -> None:
    assert read_settings(dict.fromkeys([*REAL, "MicrosoftAppType", "PORT", "DATABASE_URL", "BOT_NOW"], " ")).local_only


def test_a_start_moment_is_read_with_its_zone() -> None:
    settings = read_settings({"BOT_NOW": "2026-12-03T08:00:00+01:00"})
    assert settings.starts_at == datetime(2026, 12, 3, 8, tzinfo=BRUSSELS)


def test_a_managed_identity_needs_no_password() -> None:
    settings = read_settings(
        {"MicrosoftAppId": APP, "MicrosoftAppTenantId": TENANT, "MicrosoftAppType": "UserAssignedMSI"}
    )
    assert settings.app_id == APP


def test_a_bot_of_many_tenants_names_its_home_too() -> None:
    environment = {"MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET, "MicrosoftAppType": "MultiTenant"}
    with pytest.raises(BadSettings) as bad:
        read_settings(environment)
    assert [problem.name for problem in bad.value.problems] == ["MicrosoftAppTenantId"]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///bot.db",
        "sqlite:////var/lib/bot.db",
        "sqlite+pysqlite:///bot.db",
        "postgres://u@h/d",
        "postgresql://u@h/d",
        "postgresql+asyncpg://u:p@h:5432/d?ssl=require",
    ],
)
def test_these_database_addresses_are_taken(url: str) -> None:
    assert read_settings({"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MicrosoftAppId", "my-bot", "guid"),
        ("MicrosoftAppId", APP + "0", "guid"),
        ("MicrosoftAppId", APP.replace("-", ""), "guid"),
        ("MicrosoftAppId", "{" + APP + "}", "guid"),
        ("MicrosoftAppTenantId", "waterland.example", "guid"),
        ("MicrosoftAppType", "singletenant", "app_type"),
        ("MicrosoftAppType", "Everything", "app_type"),
        ("PORT", "0", "port"),
        ("PORT", "-1", "port"),
        ("PORT", "65536", "port"),
        ("PORT", "80.5", "port"),
        ("PORT", "tachtig", "port"),
        ("PORT", "３９７８", "port"),
        ("PORT", "²", "port"),
        ("PORT", "+80", "port"),
        ("PORT", "9" * 5000, "port"),
        ("DATABASE_URL", "mysql://u:p@h/d", "database"),
        ("DATABASE_URL", "sqlite://", "database"),
        ("DATABASE_URL", "sqlite:///", "database"),
        ("DATABASE_URL", "sqlite:bot.db", "database"),
        ("DATABASE_URL", "postgresql+psycopg://u:p@h/d", "database"),
        ("DATABASE_URL", "postgresql://", "database"),
        ("DATABASE_URL", "bot.db", "database"),
        ("BOT_NOW", "morgen", "moment"),
        ("BOT_NOW", "2026-11-21", "moment"),
        ("BOT_NOW", "2026-11-21T10:00:00", "moment"),
        ("BOT_NOW", "2026-13-01T10:00:00+01:00", "moment"),
        ("BOT_NOW", "0001-01-01T00:00:00+14:00", "moment"),
        ("BOT_NOW", "9999-12-31T23:59:59-01:00", "moment"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, code: str) -> None:
    environment = {name: value} if name in {"PORT", "DATABASE_URL", "BOT_NOW"} else {**REAL, name: value}
    assert problems(environment) == [(name, code)]
    assert name in sentences(environment)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"MicrosoftAppId": APP, "MicrosoftAppTenantId": TENANT}, [("MicrosoftAppPassword", "missing")]),
        ({"MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET}, [("MicrosoftAppTenantId", "missing")]),
        (
            {"MicrosoftAppId": APP},
            [("MicrosoftAppPassword", "missing"), ("MicrosoftAppTenantId", "missing")],
        ),
        ({"MicrosoftAppTenantId": TENANT}, [("MicrosoftAppId", "missing")]),
        ({"MicrosoftAppPassword": SECRET}, [("MicrosoftAppId", "missing")]),
        (
            {"MicrosoftAppId": APP, "MicrosoftAppType": "UserAssignedMSI"},
            [("MicrosoftAppTenantId", "missing")],
        ),
        ({**REAL, "BOT_NOW": "2026-11-21T10:00:00+01:00"}, [("BOT_NOW", "only_local")]),
        ({**REAL, "BOT_NOW": "gisteren"}, [("BOT_NOW", "moment"), ("BOT_NOW", "only_local")]),
        (
            {
                "MicrosoftAppId": APP,
                "MicrosoftAppTenantId": TENANT,
                "MicrosoftAppType": "UserAssignedMSI",
                "BOT_LOGIN_AUTHORITY": f"https://login.microsoftonline.com/{TENANT}",
            },
            [("BOT_LOGIN_AUTHORITY", "not_with_msi")],
        ),
    ],
)
def test_settings_that_belong_together_are_checked_together(
    environment: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert problems(environment) == expected


def test_everything_wrong_is_named_at_once() -> None:
    environment = {
        "MicrosoftAppId": "bot",
        "MicrosoftAppType": "Any",
        "MicrosoftAppTenantId": "tenant",
        "PORT": "nul",
        "DATABASE_URL": "oracle://h/d",
        "BOT_NOW": "nu",
    }
    assert sorted(problems(environment)) == [
        ("BOT_NOW", "moment"),
        ("BOT_NOW", "only_local"),
        ("DATABASE_URL", "database"),
        ("MicrosoftAppId", "guid"),
        ("MicrosoftAppPassword", "missing"),
        ("MicrosoftAppTenantId", "guid"),
        ("MicrosoftAppType", "app_type"),
        ("PORT", "port"),
    ]


def test_without_a_list_of_tenants_the_home_tenant_is_let_in_and_no_other() -> None:
    settings = read_settings(REAL)
    assert [settings.allows_tenant(one) for one in (TENANT, TENANT.upper(), OTHER_TENANT)] == [True, True, False]


def test_a_list_of_tenants_is_the_whole_list() -> None:
    only_other = read_settings({**REAL, "BOT_TENANTS": OTHER_TENANT})
    assert [only_other.allows_tenant(one) for one in (TENANT, OTHER_TENANT)] == [False, True]
    both = read_settings({**REAL, "BOT_TENANTS": f" {OTHER_TENANT.upper()} ,{TENANT}, "})
    assert [both.allows_tenant(one) for one in (TENANT, OTHER_TENANT, APP)] == [True, True, False]


@pytest.mark.parametrize("tenant", [None, "", " ", "common", f"{TENANT} ", f"{TENANT},{TENANT}", "*"])
def test_an_activity_of_no_tenant_is_let_in_only_without_an_app_id(tenant: str | None) -> None:
    assert not read_settings(REAL).allows_tenant(tenant)
    assert not Settings(app_id=APP).allows_tenant(tenant)
    assert read_settings({}).allows_tenant(tenant)


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("", set()),
        (" , ", set()),
        ("smba.example", {"smba.example"}),
        ("SMBA.Example:8443 , Localhost:9000,", {"smba.example:8443", "localhost:9000"}),
        ("127.0.0.1:9000,[::1]:9000,[0:0:0:0:0:0:0:1]", {"127.0.0.1:9000", "[::1]:9000", "[::1]"}),
        ("xn--bcher-kva.example", {"xn--bcher-kva.example"}),
    ],
)
def test_service_hosts_are_added_to_those_of_teams(value: str, hosts: set[str]) -> None:
    assert read_settings({**REAL, "BOT_SERVICE_HOSTS": value}).service_hosts == TEAMS_SERVICE_HOSTS | hosts


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("*", "wildcard"),
        ("*.trafficmanager.net", "wildcard"),
        ("smba.*:443", "wildcard"),
        (".trafficmanager.net", "service_host"),
        ("https://smba.example", "service_host"),
        ("smba.example/emea", "service_host"),
        ("bot@smba.example", "service_host"),
        ("smba.example:", "service_host"),
        ("smba.example:0", "service_host"),
        ("smba.example:65536", "service_host"),
        ("smba.example:x", "service_host"),
        ("smba.example.", "service_host"),
        ("smba..example", "service_host"),
        ("-smba.example", "service_host"),
        ("smba_1.example", "service_host"),
        ("bücher.example", "service_host"),
        ("127.1", "service_host"),
        ("2130706433", "service_host"),
        ("0x7f.0x1", "service_host"),
        ("127.0.0.256", "service_host"),
        ("::1", "service_host"),
        ("[::1", "service_host"),
        ("[::1%eth0]", "service_host"),
        ("smba.example smba2.example", "service_host"),
        ("smba.example;smba2.example", "service_host"),
    ],
)
def test_what_is_no_exact_host_is_named(value: str, code: str) -> None:
    assert problems({**REAL, "BOT_SERVICE_HOSTS": f"good.example,{value}"}) == [("BOT_SERVICE_HOSTS", code)]


REHEARSAL = {**REAL, "BOT_NOW": "2026-12-03T08:00:00+01:00"}


def test_with_a_clock_of_its_own_a_bot_with_an_app_id_answers_this_machine_only() -> None:
    settings = read_settings({**REHEARSAL, "BOT_SERVICE_HOSTS": "127.0.0.1:9000, localhost"})
    assert settings.starts_at == datetime(2026, 12, 3, 8, tzinfo=BRUSSELS)
    assert settings.service_hosts == {"127.0.0.1:9000", "localhost"}
    assert not settings.allows_service_url("https://smba.trafficmanager.net/emea/")


@pytest.mark.parametrize("hosts", ["", " ", ",", "smba.example", "127.0.0.1:9000,smba.example", "10.0.0.1"])
def test_a_bot_that_answers_elsewhere_has_no_clock_of_its_own(hosts: str) -> None:
    assert problems({**REHEARSAL, "BOT_SERVICE_HOSTS": hosts}) == [("BOT_NOW", "only_local")]


@pytest.mark.parametrize(
    "value",
    [
        f"https://login.microsoftonline.com/{TENANT}",
        f"https://login.microsoftonline.us/{TENANT}/",
        "https://127.0.0.1:9443/waterland.example",
        "https://[::1]:9443/adfs",
    ],
)
def test_these_login_authorities_are_taken(value: str) -> None:
    assert read_settings({**REAL, "BOT_LOGIN_AUTHORITY": value}).login_authority == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        f"http://login.microsoftonline.com/{TENANT}",
        f"http://127.0.0.1:9443/{TENANT}",
        f"login.microsoftonline.com/{TENANT}",
        "https://login.microsoftonline.com",
        "https://login.microsoftonline.com/",
        f"https://login.microsoftonline.com//{TENANT}",
        f"https://login.microsoftonline.com/{TENANT}/v2.0",
        f"https://login.microsoftonline.com/{TENANT}?x=1",
        f"https://login.microsoftonline.com/{TENANT}#x",
        f"https://login.microsoftonline.com\\@evil.example/{TENANT}",
        f"https:///{TENANT}",
        "https://",
        TENANT,
    ],
)
def test_a_login_authority_is_an_https_address_with_a_tenant(value: str) -> None:
    assert problems({**REAL, "BOT_LOGIN_AUTHORITY": value}) == [("BOT_LOGIN_AUTHORITY", "authority")]


@pytest.mark.parametrize("url", ["https://login.botframework.azure.us/v1/openid", "http://127.0.0.1:8080/openid"])
def test_these_metadata_addresses_are_taken(url: str) -> None:
    assert read_settings({**REAL, "BOT_OPENID_METADATA_URL": url}).openid_metadata_url == url


@pytest.mark.parametrize(
    "url", ["http://login.botframework.com/openid", "ftp://127.0.0.1/", "openid", "https://a@b/", "https://"]
)
def test_metadata_are_fetched_over_https_or_from_this_machine(url: str) -> None:
    assert problems({**REAL, "BOT_OPENID_METADATA_URL": url}) == [("BOT_OPENID_METADATA_URL", "metadata")]


@pytest.mark.parametrize(("value", "rate"), [("", 50), ("1", 1), ("50", 50), (" 20 ", 20), ("07", 7)])
def test_a_rate_of_sending_is_read(value: str, rate: int) -> None:
    assert read_settings({"BOT_SENDS_PER_SECOND": value}).sends_per_second == rate


@pytest.mark.parametrize("value", ["0", "51", "-1", "1.5", "tien", "9" * 5000, "٣", "²"])
def test_a_rate_of_sending_is_from_one_to_fifty(value: str) -> None:
    assert problems({"BOT_SENDS_PER_SECOND": value}) == [("BOT_SENDS_PER_SECOND", "sends")]


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("", time(8), time(18)),
        ("8.00-18.00", time(8), time(18)),
        ("8-18", time(8), time(18)),
        ("08:30 - 17:45", time(8, 30), time(17, 45)),
        ("8u30–17u", time(8, 30), time(17)),
        ("0-23.59", time(0), time(23, 59)),
    ],
)
def test_sending_hours_are_read(value: str, start: time, end: time) -> None:
    settings = read_settings({"BOT_SENDING_HOURS": value})
    assert (settings.sending_from, settings.sending_until) == (start, end)


@pytest.mark.parametrize(
    "value",
    ["8", "8-", "18-8", "8-8", "22.00-6.00", "8-24", "8.60-18", "8,00-18,00", "-1-5", "8-18-20", "altijd", "٨-٩"],
)
def test_sending_hours_begin_and_end_on_one_day(value: str) -> None:
    assert problems({"BOT_SENDING_HOURS": value}) == [("BOT_SENDING_HOURS", "hours")]


@pytest.mark.parametrize(
    ("value", "base"),
    [
        ("https://bot.example", "https://bot.example"),
        (" https://bot.example:8443/ ", "https://bot.example:8443"),
        ("http://127.0.0.1:3978", "http://127.0.0.1:3978"),
        ("http://localhost:3978", "http://localhost:3978"),
    ],
)
def test_links_start_with_the_bot_s_own_address(value: str, base: str) -> None:
    assert read_settings({**REAL, "BOT_PUBLIC_URL": value}).link_base == base


@pytest.mark.parametrize(
    "value",
    ["http://bot.example", "bot.example", "ftp://bot.example", "https://", "https://bot.example/map",
     "https://bot.example?a=b", "https://bot.example#x", "https://a@bot.example", "https://2130706433",
     "http://127.0.0.1.example", "https://bot.example:0", "https://" + "a" * 2_000],
)  # fmt: skip
def test_an_address_for_links_is_https_and_nothing_but_a_host(value: str) -> None:
    assert problems({**REAL, "BOT_PUBLIC_URL": value}) == [("BOT_PUBLIC_URL", "public")]


def test_without_an_address_only_a_bot_of_this_computer_has_links() -> None:
    assert read_settings({"PORT": "4000"}).link_base == "http://127.0.0.1:4000"
    assert read_settings(REAL).link_base == ""


def test_files_are_fetched_from_all_of_teams_own_hosts_unless_some_are_named() -> None:
    assert read_settings(REAL).file_hosts == frozenset()
    named = read_settings({**REAL, "BOT_FILE_HOSTS": " Waterland-my.sharepoint.com, graph.microsoft.com,"}).file_hosts
    assert named == {"waterland-my.sharepoint.com", "graph.microsoft.com"}
    assert read_settings({**REAL, "BOT_FILE_HOSTS": "*.sharepoint.com"}).file_hosts == {"*.sharepoint.com"}


@pytest.mark.parametrize(
    "value",
    ["evil.example", "*", "*.com", "sharepoint.com.evil.example", "https://waterland.sharepoint.com", "sharepoint.com",
     "a.b.sharepoint.com", "waterland.sharepoint.com:8443", "127.0.0.1", "waterlandsharepoint.com"],
)  # fmt: skip
def test_files_are_fetched_from_nowhere_else(value: str) -> None:
    assert problems({**REAL, "BOT_FILE_HOSTS": value}) == [("BOT_FILE_HOSTS", "file_host")]


WRONG = {
    "BOT_FILE_HOSTS": "files.example",
    "BOT_TENANTS": f"{TENANT},waterland.example",
    "BOT_SERVICE_HOSTS": "*.example,https://x",
    "BOT_LOGIN_AUTHORITY": "http://login.example/x",
    "BOT_OPENID_METADATA_URL": "openid",
    "BOT_SENDS_PER_SECOND": "100",
    "BOT_SENDING_HOURS": "dag en nacht",
    "BOT_PUBLIC_URL": "http://bot.example",
}


def test_every_problem_has_a_sentence_with_the_variable_and_what_stands_there() -> None:
    told = sentences({**REAL, **WRONG}).splitlines()
    for name, shown in zip(
        WRONG,
        ("files.example", "waterland.example", "*.example", "http:", "openid", "100", "dag", "bot.example"),
        strict=True,
    ):
        assert any(name in line and shown in line for line in told)
    codes = {"guid", "port", "database", "moment", "app_type", "missing", "only_local", "not_with_msi"}
    assert codes <= set(SETTING_PROBLEMS)


@pytest.mark.parametrize(
    "name", ["BOT_SERVICE_HOSTS", "BOT_LOGIN_AUTHORITY", "BOT_OPENID_METADATA_URL", "BOT_TENANTS", "BOT_PUBLIC_URL"]
)
def test_of_an_address_with_a_password_nothing_is_shown(name: str) -> None:
    assert SECRET not in sentences({**REAL, name: f"https://bot:{SECRET}@login.example/x"})


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://bot:{SECRET}@db.example/network",
        f"postgresql+psycopg2://bot:{SECRET}@db.example/network",
        f"bot:{SECRET}@db.example/network",
        f"//bot:{SECRET}@db.example/network",
        f"{SECRET}@db.example",
        SECRET,
        f"{SECRET}:5432/network",
    ],
)
def test_of_a_wrong_database_address_nothing_secret_is_shown(url: str) -> None:
    assert SECRET not in sentences({"DATABASE_URL": url})


def test_of_a_wrong_database_address_the_scheme_is_shown() -> None:
    assert "mysql" in sentences({"DATABASE_URL": f"mysql://bot:{SECRET}@db.example/network"})


def test_the_password_of_the_app_is_in_no_message() -> None:
    assert SECRET not in sentences({"MicrosoftAppPassword": SECRET, "PORT": "x"})


def test_settings_show_neither_the_apps_password_nor_that_of_the_database() -> None:
    settings = Settings(
        app_id=APP, app_password=SECRET, database_url=f"postgresql+asyncpg://bot:{SECRET}@db.example/network"
    )
    assert SECRET not in f"{settings!r} {settings}"


def test_a_key_for_anonymous_polls_is_long_enough_and_never_shown() -> None:
    key = "sleutel-van-het-netwerk-32-tekens"
    settings = read_settings({"BOT_URN_KEY": f" {key}\n"})
    assert (settings.urn_key, key in repr(settings), read_settings({}).urn_key) == (key, False, "")
    assert problems({"BOT_URN_KEY": key[:31]}) == [("BOT_URN_KEY", "short_key")]
    assert key[:31] not in sentences({"BOT_URN_KEY": key[:31]})
