"""The bot's own token: asked for once, kept until it is nearly over, and said clearly when there is none."""

import asyncio
from typing import Any

import pytest

from bot.settings import Settings
from bot.teams.tokens import MsalTokens, NoToken, tokens_for

APP = "b0f0c0de-0000-4000-8000-00000000000a"


class Client:
    """What MSAL's clients do: answer with a token, or with an error."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def acquire_token_for_client(self, **wanted: Any) -> dict[str, Any]:
        """The next answer."""
        self.asked.append(wanted)
        return self.answers.pop(0)


def given(token: str, expires_in: int = 3600) -> dict[str, Any]:
    """An answer with a token."""
    return {"access_token": token, "expires_in": expires_in}


def tokens_of(client: Client, app_type: str = "SingleTenant") -> MsalTokens:
    """A bot's tokens from this client."""
    tokens = tokens_for(Settings(app_id=APP, app_password="zeester-77", app_tenant_id=APP, app_type=app_type))
    assert isinstance(tokens, MsalTokens)
    tokens._client = client
    return tokens


async def test_without_an_app_id_there_is_no_token_to_show() -> None:
    assert await tokens_for(Settings()).token() is None


async def test_a_token_is_asked_for_once() -> None:
    client = Client(given("een"))
    tokens = tokens_of(client)
    assert [await tokens.token() for _ in range(3)] == ["een"] * 3
    assert client.asked == [{"scopes": ["https://api.botframework.com/.default"]}]


async def test_turns_at_once_ask_for_one_token() -> None:
    client = Client(given("een"))
    tokens = tokens_of(client)
    assert await asyncio.gather(*(tokens.token() for _ in range(20))) == ["een"] * 20
    assert len(client.asked) == 1


async def test_a_token_that_is_nearly_over_is_renewed() -> None:
    client = Client(given("een"), given("twee"))
    tokens = tokens_of(client)
    await tokens.token()
    tokens._until = 0.0
    assert await tokens.token() == "twee"


async def test_a_short_token_is_not_asked_for_on_every_turn() -> None:
    client = Client(given("een", expires_in=60))
    tokens = tokens_of(client)
    assert [await tokens.token() for _ in range(3)] == ["een"] * 3


async def test_a_managed_identity_asks_for_the_resource() -> None:
    client = Client(given("een"))
    assert await tokens_of(client, "UserAssignedMSI").token() == "een"
    assert client.asked == [{"resource": "https://api.botframework.com"}]


async def test_a_refusal_says_why_and_is_tried_again() -> None:
    refusal = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
    tokens = tokens_of(Client(refusal, given("een")))
    with pytest.raises(NoToken, match="invalid_client: AADSTS7000215"):
        await tokens.token()
    assert await tokens.token() == "een"
