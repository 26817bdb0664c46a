"""A rehearsal: `serve` as in production, with an app id and real tokens, against Microsoft and Teams on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bot.teams.standin import TENANT
from tests.bot.connector import JONAS, OTHER_TENANT, Teams, teams_on_loopback
from tests.bot.entra import Entra, entra_on_loopback
from tests.bot.microsoft import APP, Microsoft, microsoft_on_loopback, new_key
from tests.bot.processes import free_port, serving
from tests.conftest import NOW

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """The key with which Microsoft signs."""
    return new_key()


@dataclass(frozen=True)
class Rehearsal:
    """A bot's process, and everything around it."""

    teams: Teams
    entra: Entra
    microsoft: Microsoft

    async def knock(self, times: int = 1, tenant: str = TENANT) -> list[int]:
        """The statuses for Jonas' question, asked from this tenant."""
        headers = {"Authorization": f"Bearer {self.microsoft.token(serviceurl=self.teams.service_url)}"}
        statuses = []
        for _ in range(times):
            asked = self.teams.message(JONAS, JONAS.chat, QUESTION)
            asked["channelData"] = {"tenant": {"id": tenant}}
            asked["conversation"]["tenantId"] = tenant
            statuses.append(await self.teams.status(asked, headers))
        return statuses


@pytest.fixture
async def rehearsal(key: RSAPrivateKey, database: Path, tmp_path: Path) -> AsyncIterator[Rehearsal]:
    """A bot on the demo network; every host but this machine is behind a proxy that isn't there."""
    with microsoft_on_loopback(key) as microsoft, entra_on_loopback(key, tmp_path) as entra:
        async with teams_on_loopback() as teams:
            variables = {
                "MicrosoftAppId": APP,
                "MicrosoftAppPassword": "zeester-77",
                "MicrosoftAppTenantId": TENANT,
                "DATABASE_URL": f"sqlite:///{database}",
                "BOT_NOW": NOW.isoformat(),
                "BOT_SERVICE_HOSTS": f"127.0.0.1:{teams.port}",
                "BOT_LOGIN_AUTHORITY": entra.authority,
                "BOT_OPENID_METADATA_URL": microsoft.metadata_url,
                "REQUESTS_CA_BUNDLE": str(entra.ca),
                "HTTPS_PROXY": f"http://127.0.0.1:{free_port()}",
                "NO_PROXY": "127.0.0.1",
            }
            port = free_port()
            with serving(tmp_path, PORT=port, **variables):
                teams.bot_url = f"http://127.0.0.1:{port}"
                yield Rehearsal(teams, entra, microsoft)


async def test_questions_are_answered_with_one_token(rehearsal: Rehearsal) -> None:
    assert await rehearsal.knock(times=3) == [200] * 3
    assert [ANSWER in text for text in rehearsal.teams.texts_in(JONAS.chat)] == [True] * 3
    assert set(rehearsal.teams.tokens) == {"Bearer token-1"}
    assert rehearsal.entra.tokens_asked == 1


async def test_another_tenant_and_another_port_are_refused(rehearsal: Rehearsal) -> None:
    assert await rehearsal.knock(tenant=OTHER_TENANT) == [403]
    rehearsal.teams.service_url = f"http://127.0.0.1:{free_port()}/"
    assert await rehearsal.knock() == [403]
    rehearsal.teams.service_url = "https://smba.trafficmanager.net/emea/"
    assert await rehearsal.knock() == [403]
    assert rehearsal.teams.tokens == []
