"""Settings: every variable is read, everything wrong is named at once, and secrets are never shown."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, read_settings
from dialogs.texts.commands import SETTING_PROBLEMS, setting_problem
from tests.conftest import BRUSSELS

APP = "b0f0c0de-0000-4000-8000-00000000000a"
TENANT = "b0f0c0de-0000-4000-8000-00000000000b"
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


def test_every_problem_has_a_sentence() -> None:
    codes = {"guid", "port", "database", "moment", "app_type", "missing", "only_local"}
    assert codes <= set(SETTING_PROBLEMS)


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
