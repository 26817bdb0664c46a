"""The environment as one frozen value. Every wrong or missing setting is named, all at once."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_PORT = 3978
DEFAULT_DATABASE = "ambassadeursbot.db"
HIGHEST_PORT = 65_535
YEARS = range(1970, 9000)
"""Where a clock may start: far enough from the ends of the calendar to reckon with."""

APP_TYPES = ("SingleTenant", "MultiTenant", "UserAssignedMSI")
EDGES = ("own", "sdk")
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""Where the Bot Framework publishes the keys it signs with."""

TEAMS_SERVICE_HOSTS = frozenset({"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"})
"""Exactly the hosts through which Teams answers bots; trafficmanager.net as a whole is open to anyone."""

_URL_WITHOUT_TRICKS = re.compile(r"[^\s\x00-\x1f\x7f@\\?#]+")
"""No user before the host, no query or fragment to swallow our path, nothing that parsers read differently."""

_SCHEME = re.compile(r"[A-Za-z][\w+.-]*(?=://)", re.ASCII)
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A setting that can't be used: its name, a code for the sentence, and its value unless that is secret."""

    name: str
    code: str
    value: str = ""


class BadSettings(ValueError):
    """The environment can't be used; `problems` names everything that is wrong."""

    def __init__(self, problems: list[SettingProblem]) -> None:
        super().__init__(", ".join(f"{problem.name}: {problem.code}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """How this bot runs. Without `app_id` it serves and answers loopback only."""

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = "SingleTenant"
    app_tenant_id: str = ""
    port: int = DEFAULT_PORT
    database_url: str = field(default=f"sqlite:///{DEFAULT_DATABASE}", repr=False)
    starts_at: datetime | None = None
    service_hosts: frozenset[str] = TEAMS_SERVICE_HOSTS
    openid_metadata_url: str = OPENID_METADATA_URL
    edge: str = "own"

    @property
    def through_sdk(self) -> bool:
        """Whether the SDK's own adapter checks who knocks: the fallback for our guard, until it is removed."""
        return self.edge == "sdk"

    @property
    def local_only(self) -> bool:
        """True without an app id: nobody outside this machine may reach the bot, nor be reached by it."""
        return not self.app_id

    def allows_tenant(self, tenant_id: str | None) -> bool:
        """Whether activities of this tenant are taken: those of the bot's own home."""
        return self.local_only or not self.app_tenant_id or (tenant_id or "").lower() == self.app_tenant_id

    @property
    def host(self) -> str:
        """The address to listen on."""
        return "127.0.0.1" if self.local_only else "0.0.0.0"  # noqa: S104

    def allows_service_url(self, url: str) -> bool:
        """Whether answers may be sent to `url`: with our token they go nowhere but to Teams."""
        if not _URL_WITHOUT_TRICKS.fullmatch(url):
            return False
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            port = parts.port
        except ValueError:
            return False
        if self.local_only:
            return parts.scheme in {"http", "https"} and is_loopback(host)
        return parts.scheme == "https" and port in {None, 443} and host in self.service_hosts


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment.

    Raises BadSettings, with all problems, when something is wrong or missing.
    """
    reader = _Reader(environment)
    settings = Settings(
        app_id=reader.guid("MicrosoftAppId"),
        app_password=reader.text("MicrosoftAppPassword"),
        app_type=reader.text("MicrosoftAppType") or "SingleTenant",
        app_tenant_id=reader.guid("MicrosoftAppTenantId"),
        port=reader.port("PORT"),
        database_url=reader.database("DATABASE_URL"),
        starts_at=reader.moment("BOT_NOW"),
        openid_metadata_url=reader.text("BOT_OPENID_METADATA_URL") or OPENID_METADATA_URL,
        edge=reader.text("BOT_EDGE") or "own",
    )
    reader.check_together(settings)
    if reader.problems:
        raise BadSettings(reader.problems)
    return settings


class _Reader:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[SettingProblem] = []

    def text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def guid(self, name: str) -> str:
        value = self.text(name)
        if value and not _GUID.fullmatch(value):
            self.problems.append(SettingProblem(name, "guid", value))
        return value.lower()

    def port(self, name: str) -> int:
        value = self.text(name) or str(DEFAULT_PORT)
        if not re.fullmatch(r"[0-9]{1,5}", value) or not 0 < int(value) <= HIGHEST_PORT:
            self.problems.append(SettingProblem(name, "port", value))
            return DEFAULT_PORT
        return int(value)

    def database(self, name: str) -> str:
        value = self.text(name) or f"sqlite:///{Path.cwd() / DEFAULT_DATABASE}"
        if not re.match(r"^(sqlite(\+\w+)?:///.+|postgres(ql)?(\+asyncpg)?://.+)", value):
            # Only the scheme: the rest of the address may hold a password.
            scheme = _SCHEME.match(value)
            self.problems.append(SettingProblem(name, "database", scheme.group() if scheme else "…"))
        return value

    def moment(self, name: str) -> datetime | None:
        value = self.text(name)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year not in YEARS:
            self.problems.append(SettingProblem(name, "moment", value))
            return None
        return moment

    def check_together(self, settings: Settings) -> None:
        """What depends on more than one variable."""
        if settings.edge not in EDGES:
            self.problems.append(SettingProblem("BOT_EDGE", "edge", settings.edge))
        if settings.app_type not in APP_TYPES:
            self.problems.append(SettingProblem("MicrosoftAppType", "app_type", settings.app_type))
        if self.text("MicrosoftAppId"):
            if settings.app_type != "UserAssignedMSI" and not settings.app_password:
                self.problems.append(SettingProblem("MicrosoftAppPassword", "missing"))
            if not self.text("MicrosoftAppTenantId"):  # also for MultiTenant: other tenants are not let in
                self.problems.append(SettingProblem("MicrosoftAppTenantId", "missing"))
            if self.text("BOT_NOW"):
                self.problems.append(SettingProblem("BOT_NOW", "only_local", self.text("BOT_NOW")))
        elif settings.app_password or settings.app_tenant_id:
            self.problems.append(SettingProblem("MicrosoftAppId", "missing"))
