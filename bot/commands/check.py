"""`check`: what is configured, reachable and missing, one line each."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp

from bot.commands.output import say
from bot.commands.package import manifest_problems
from bot.settings import OPENID_METADATA_URL, TEAMS_SERVICE_HOSTS, BadSettings, Settings, read_settings
from bot.teams.keys import SigningKeys
from bot.teams.tokens import NoToken, tokens_for
from dialogs.texts import commands as texts
from storage.domain.people import Role
from storage.services.house import DatabaseUnreachable, House, Schema, house_at


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it stops the bot (None: a remark), and what was found."""

    subject: str
    good: bool | None
    found: str = texts.CHECK_OK


MARKS = {True: "✓", False: "✗", None: "·"}


def run() -> int:
    """Print every finding. 0 when nothing stops the bot, else 1."""
    findings = asyncio.run(_collect())
    for finding in findings:
        say(f"{MARKS[finding.good]} {texts.CHECKS[finding.subject]}: {finding.found}")
    return 0 if all(finding.good is not False for finding in findings) else 1


async def _collect() -> list[Finding]:
    try:
        settings = read_settings(os.environ)
    except BadSettings as bad:
        problems = [texts.setting_problem(one.name, one.code, one.value).strip() for one in bad.problems]
        return [*(Finding("settings", False, problem) for problem in problems), *_manifest()]
    found = [
        Finding("settings", True),
        *_allowed(settings),
        *_chosen(settings),
        *_links(settings),
        await _credentials(settings),
    ]
    if not settings.local_only:
        found.append(await _keys(settings))
    found.extend([finding async for finding in _database(settings)])
    return [*found, *_manifest(), _port(settings)]


def _allowed(settings: Settings) -> list[Finding]:
    """Who is let in and where is called, as far as that isn't the usual."""
    if settings.local_only:
        return []
    unusual = {
        "tenants": (settings.allowed_tenants, frozenset({settings.app_tenant_id})),
        "hosts": (settings.service_hosts, TEAMS_SERVICE_HOSTS),
        "login": (frozenset({settings.login_authority} - {""}), frozenset()),
        "files": (settings.file_hosts, frozenset()),
        "metadata": (frozenset({settings.openid_metadata_url}), frozenset({OPENID_METADATA_URL})),
    }
    return [
        Finding(subject, None, ", ".join(sorted(chosen)))
        for subject, (chosen, usual) in unusual.items()
        if chosen != usual
    ]


def _chosen(settings: Settings) -> list[Finding]:
    """How the bot runs, as far as that isn't the usual. Of the token for /metrics only that there is one."""
    usual = Settings()
    hours = texts.CHECK_HOURS.format(start=settings.sending_from, end=settings.sending_until)
    unusual = {
        "edge": (settings.edge, settings.edge != usual.edge),
        "sends": (str(settings.sends_per_second), settings.sends_per_second != usual.sends_per_second),
        "hours": (
            hours,
            (settings.sending_from, settings.sending_until) != (usual.sending_from, usual.sending_until),
        ),
        "metrics": (texts.CHECK_WITH_TOKEN, bool(settings.metrics_token)),
        "clock": (str(settings.starts_at), settings.starts_at is not None),
    }
    return [Finding(subject, None, chosen) for subject, (chosen, differs) in unusual.items() if differs]


def _links(settings: Settings) -> list[Finding]:
    """Where links to files lead, where that was set or has to be."""
    if settings.public_url:
        return [Finding("links", None, texts.CHECK_LINKS.format(base=settings.public_url))]
    return [] if settings.local_only else [Finding("links", None, texts.CHECK_NO_LINKS)]


async def _keys(settings: Settings) -> Finding:
    async with aiohttp.ClientSession() as session:
        ready = await SigningKeys(session, settings.openid_metadata_url).ready()
    return Finding("keys", True) if ready else Finding("keys", False, texts.CHECK_NO_KEYS)


async def _credentials(settings: Settings) -> Finding:
    if settings.local_only:
        return Finding("credentials", None, texts.CHECK_NO_APP_ID)
    try:
        await tokens_for(settings).token()
    except NoToken as error:
        return Finding("credentials", False, texts.CHECK_NO_TOKEN.format(reason=str(error).splitlines()[0]))
    return Finding("credentials", True)


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        house = house_at(settings.database_url)
    except DatabaseUnreachable as error:
        yield Finding("database", False, texts.DATABASE_UNREACHABLE.format(reason=error))
        return
    if not house.has_urn_key(settings.urn_key):
        yield Finding("urn", None, texts.CHECK_NO_URN_KEY if house.needs_urn_key else texts.CHECK_BAD_URN_FILE)
    try:
        schema = await house.schema()
        yield Finding("database", True)
        if schema is Schema.CURRENT:
            yield Finding("schema", True)
            for finding in await _network(house):
                yield finding
        else:
            old = texts.CHECK_SCHEMA_OLD if schema is Schema.OLD else texts.CHECK_SCHEMA_EMPTY
            yield Finding("schema", None, old)
    except DatabaseUnreachable as error:
        yield Finding("database", False, texts.DATABASE_UNREACHABLE.format(reason=error))
    finally:
        await house.close()


async def _network(house: House) -> list[Finding]:
    visit = await house.visitors.visit(None, "")
    people = await house.people.everybody()
    coordinators = [one for one in people if one.role is Role.COORDINATOR]
    if not people:
        return [Finding("network", None, texts.CHECK_NETWORK_EMPTY)]
    name = visit.network.name or ""
    summary = texts.CHECK_NETWORK.format(name=name, people=len(people), coordinators=len(coordinators))
    findings = [Finding("network", True, summary)]
    if not coordinators:
        findings.append(Finding("network", False, texts.CHECK_NO_COORDINATOR))
    if await house.places.posting() is None:
        findings.append(Finding("channel", None, texts.CHECK_NO_CHANNEL))
    return findings


def _manifest() -> list[Finding]:
    problems = manifest_problems()
    return [Finding("manifest", False, problem) for problem in problems] or [Finding("manifest", True)]


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", settings.port)) == 0
    text = texts.CHECK_LISTENS if taken else texts.CHECK_FREE
    return Finding("port", None if taken else True, text.format(port=settings.port))
