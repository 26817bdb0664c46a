"""The environment as one frozen value. Every wrong or missing setting is named, all at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from bot.hosts import HIGHEST_PORT, is_loopback, read_address, read_host

DEFAULT_PORT = 3978
DEFAULT_DATABASE = "ambassadeursbot.db"
YEARS = range(1970, 9000)
"""Where a clock may start: far enough from the ends of the calendar to reckon with."""

APP_TYPES = ("SingleTenant", "MultiTenant", "UserAssignedMSI")
EDGES = ("own", "sdk")
LOG_STYLES = ("json", "text")
SHORTEST_TOKEN = 16
"""Characters that a token for /metrics has at least: strangers may try as often as they like."""

SHORTEST_URN_KEY = 32
"""Characters that the key of anonymous polls has at least: who has the database may try as often as they like."""

OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""Where the Bot Framework publishes the keys it signs with."""

TEAMS_SERVICE_HOSTS = frozenset({"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"})
"""Exactly the hosts through which Teams answers bots; trafficmanager.net as a whole is open to anyone."""

MOST_SENDS_PER_SECOND = 50
"""What Teams takes from one bot in one tenant, over all conversations (Microsoft's documented limit)."""

SENDING_FROM, SENDING_UNTIL = time(8), time(18)

_SCHEME = re.compile(r"[A-Za-z][\w+.-]*(?=://)", re.ASCII)
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FILE_HOST = re.compile(r"(?:\*|[a-z0-9-]{1,63})\.sharepoint\.com|graph\.microsoft\.com", re.ASCII)
_HOUR = r"([01]?[0-9]|2[0-3])(?:[.:u]([0-5][0-9])|u)?"
_HOURS = re.compile(rf"{_HOUR}\s*[-–]\s*{_HOUR}", re.ASCII)


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
    """How this bot runs. Without `app_id` it serves and answers loopback only.

    `file_hosts`: where files may be fetched; empty for all of Teams' own.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = "SingleTenant"
    app_tenant_id: str = ""
    port: int = DEFAULT_PORT
    database_url: str = field(default=f"sqlite:///{DEFAULT_DATABASE}", repr=False)
    starts_at: datetime | None = None
    tenants: frozenset[str] = frozenset()
    service_hosts: frozenset[str] = TEAMS_SERVICE_HOSTS
    openid_metadata_url: str = OPENID_METADATA_URL
    login_authority: str = ""
    edge: str = "own"
    sends_per_second: int = MOST_SENDS_PER_SECOND
    sending_from: time = SENDING_FROM
    sending_until: time = SENDING_UNTIL
    public_url: str = ""
    file_hosts: frozenset[str] = frozenset()
    metrics_token: str = field(default="", repr=False)
    log_style: str = "json"
    urn_key: str = field(default="", repr=False)

    @property
    def through_sdk(self) -> bool:
        """Whether the SDK's own adapter checks who knocks: the fallback for our guard, until it is removed."""
        return self.edge == "sdk"

    @property
    def local_only(self) -> bool:
        """True without an app id: nobody outside this machine may reach the bot, nor be reached by it."""
        return not self.app_id

    @property
    def allowed_tenants(self) -> frozenset[str]:
        """The tenants that are let in: exactly those that were named, or else the bot's own home."""
        return self.tenants or frozenset({self.app_tenant_id} - {""})

    def allows_tenant(self, tenant_id: str | None) -> bool:
        """Whether activities of this tenant are taken; without an app id those of any, or of none."""
        return self.local_only or (tenant_id or "").lower() in self.allowed_tenants

    @property
    def host(self) -> str:
        """The address to listen on."""
        return "127.0.0.1" if self.local_only else "0.0.0.0"  # noqa: S104

    @property
    def link_base(self) -> str:
        """What links to the bot's own files start with; empty when it has no address that others can open."""
        return self.public_url or (f"http://127.0.0.1:{self.port}" if self.local_only else "")

    def allows_service_url(self, url: str) -> bool:
        """Whether answers may be sent to `url`: with our token they go nowhere but to Teams."""
        address = read_address(url)
        if address is None:
            return False
        return is_loopback(address.host) if self.local_only else address.is_one_of(self.service_hosts)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment.

    Raises BadSettings, with all problems, when something is wrong or missing.
    """
    reader = _Reader(environment)
    sending_from, sending_until = reader.hours("BOT_SENDING_HOURS")
    settings = Settings(
        app_id=reader.guid("MicrosoftAppId"),
        app_password=reader.text("MicrosoftAppPassword"),
        app_type=reader.text("MicrosoftAppType") or "SingleTenant",
        app_tenant_id=reader.guid("MicrosoftAppTenantId"),
        port=reader.port("PORT"),
        database_url=reader.database("DATABASE_URL"),
        starts_at=reader.moment("BOT_NOW"),
        tenants=reader.tenants("BOT_TENANTS"),
        service_hosts=reader.service_hosts("BOT_SERVICE_HOSTS"),
        openid_metadata_url=reader.metadata_url("BOT_OPENID_METADATA_URL"),
        login_authority=reader.authority("BOT_LOGIN_AUTHORITY"),
        edge=reader.text("BOT_EDGE") or "own",
        sends_per_second=reader.sends_per_second("BOT_SENDS_PER_SECOND"),
        sending_from=sending_from,
        sending_until=sending_until,
        public_url=reader.public_url("BOT_PUBLIC_URL"),
        file_hosts=reader.file_hosts("BOT_FILE_HOSTS"),
        metrics_token=reader.metrics_token("BOT_METRICS_TOKEN"),
        log_style=reader.text("BOT_LOG") or "json",
        urn_key=reader.urn_key("BOT_URN_KEY"),
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

    def metrics_token(self, name: str) -> str:
        value = self.text(name)
        if value and len(value) < SHORTEST_TOKEN:
            self.problems.append(SettingProblem(name, "short"))
        return value

    def urn_key(self, name: str) -> str:
        value = self.text(name)
        if value and len(value) < SHORTEST_URN_KEY:
            self.problems.append(SettingProblem(name, "short_key"))
        return value

    def tenants(self, name: str) -> frozenset[str]:
        entries = self._entries(name)
        self._name_wrong(name, "tenants", [entry for entry in entries if not _GUID.fullmatch(entry)])
        return frozenset(entry.lower() for entry in entries)

    def service_hosts(self, name: str) -> frozenset[str]:
        """Teams' hosts and those named; but in a run with a clock of its own nothing else than this machine."""
        entries = self._entries(name)
        self._name_wrong(name, "wildcard", [entry for entry in entries if "*" in entry])
        self._name_wrong(name, "service_host", [one for one in entries if "*" not in one and read_host(one) is None])
        named = frozenset(host for host in map(read_host, entries) if host)
        return named if self._rehearses(named) else TEAMS_SERVICE_HOSTS | named

    def file_hosts(self, name: str) -> frozenset[str]:
        """The hosts that are left of those where Teams keeps files; empty: all of them."""
        entries = [entry.lower() for entry in self._entries(name)]
        self._name_wrong(name, "file_host", [entry for entry in entries if not _FILE_HOST.fullmatch(entry)])
        return frozenset(entries)

    def _rehearses(self, service_hosts: frozenset[str]) -> bool:
        """Whether this is a rehearsal: real tokens, but a pretend Teams, on this machine and nowhere else."""
        return bool(self.text("BOT_NOW") and service_hosts) and all(map(is_loopback, service_hosts))

    def metadata_url(self, name: str) -> str:
        value = self.text(name) or OPENID_METADATA_URL
        address = read_address(value)
        if address is None or (address.scheme != "https" and not is_loopback(address.host)):
            self._name_wrong(name, "metadata", [value])
        return value

    def authority(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        address = read_address(value)
        if value and (address is None or address.scheme != "https" or not re.fullmatch("/[^/]+", address.path)):
            self._name_wrong(name, "authority", [value])
        return value

    def public_url(self, name: str) -> str:
        """The bot's own address, without a path: https, or http on this computer."""
        value = self.text(name).rstrip("/")
        address = read_address(value)
        secure = address is not None and (address.scheme == "https" or is_loopback(address.host))
        if value and (address is None or not secure or address.path):
            self._name_wrong(name, "public", [value])
        return value

    def sends_per_second(self, name: str) -> int:
        value = self.text(name) or str(MOST_SENDS_PER_SECOND)
        if not re.fullmatch(r"[0-9]{1,2}", value) or not 0 < int(value) <= MOST_SENDS_PER_SECOND:
            self._name_wrong(name, "sends", [value])
            return MOST_SENDS_PER_SECOND
        return int(value)

    def hours(self, name: str) -> tuple[time, time]:
        """The hours of a day between which is sent: 8-18, 8.00-18.00, 08:00-18:00 or 8u-18u30."""
        value = self.text(name)
        if not value:
            return SENDING_FROM, SENDING_UNTIL
        if found := _HOURS.fullmatch(value):
            hour, minute, last_hour, last_minute = (int(part or 0) for part in found.groups())
            if (hour, minute) < (last_hour, last_minute):
                return time(hour, minute), time(last_hour, last_minute)
        self._name_wrong(name, "hours", [value])
        return SENDING_FROM, SENDING_UNTIL

    def _entries(self, name: str) -> list[str]:
        """What stands between the commas."""
        return [entry for part in self.text(name).split(",") if (entry := part.strip())]

    def _name_wrong(self, name: str, code: str, values: list[str]) -> None:
        """A problem for each value; of what may hold a password (USER:PASSWORD@) nothing is shown."""
        self.problems.extend(SettingProblem(name, code, "…" if "@" in value else value) for value in values)

    def check_together(self, settings: Settings) -> None:
        """What depends on more than one variable."""
        if settings.edge not in EDGES:
            self.problems.append(SettingProblem("BOT_EDGE", "edge", settings.edge))
        if settings.log_style not in LOG_STYLES:
            self.problems.append(SettingProblem("BOT_LOG", "log", settings.log_style))
        if settings.app_type not in APP_TYPES:
            self.problems.append(SettingProblem("MicrosoftAppType", "app_type", settings.app_type))
        if self.text("MicrosoftAppId"):
            if settings.app_type != "UserAssignedMSI" and not settings.app_password:
                self.problems.append(SettingProblem("MicrosoftAppPassword", "missing"))
            if not self.text("MicrosoftAppTenantId"):  # also for MultiTenant: other tenants are not let in
                self.problems.append(SettingProblem("MicrosoftAppTenantId", "missing"))
            if self.text("BOT_LOGIN_AUTHORITY") and settings.app_type == "UserAssignedMSI":
                self.problems.append(SettingProblem("BOT_LOGIN_AUTHORITY", "not_with_msi"))
            if self.text("BOT_NOW") and not self._rehearses(settings.service_hosts):
                self.problems.append(SettingProblem("BOT_NOW", "only_local", self.text("BOT_NOW")))
        elif settings.app_password or settings.app_tenant_id:
            self.problems.append(SettingProblem("MicrosoftAppId", "missing"))
