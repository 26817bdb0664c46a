"""The bot's own token for the connector: asked for in a thread, kept until shortly before it expires."""

import asyncio
import time
from typing import Any, Protocol

import msal
import requests

from bot.settings import Settings

SCOPE = "https://api.botframework.com"
AUTHORITY = "https://login.microsoftonline.com/"
RENEW_BEFORE = 300
"""Seconds before its end at which a token is renewed."""


class NoToken(Exception):
    """Entra gave no token; the message is its error code and description."""


class Tokens(Protocol):
    """Gives tokens for the connector."""

    async def token(self) -> str | None:
        """A valid token; None when none is needed. Raises NoToken."""
        ...


class NoTokens:
    """For a bot without an app id, which only speaks to this machine."""

    async def token(self) -> str | None:
        return None


class MsalTokens:
    """Tokens through MSAL: one long-lived client, one request at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._client: Any = None
        self._token = ""
        self._until = 0.0

    async def token(self) -> str | None:
        async with self._lock:
            if time.monotonic() >= self._until:
                await asyncio.to_thread(self._renew)
        return self._token

    def _renew(self) -> None:
        if self._client is None:
            self._client = self._new_client()
        if self._settings.app_type == "UserAssignedMSI":
            answer = self._client.acquire_token_for_client(resource=SCOPE)
        else:
            answer = self._client.acquire_token_for_client(scopes=[f"{SCOPE}/.default"])
        if "access_token" not in answer:
            raise NoToken(f"{answer.get('error')}: {answer.get('error_description')}")
        self._token = answer["access_token"]
        self._until = time.monotonic() + max(30, int(answer.get("expires_in", 0)) - RENEW_BEFORE)

    def _new_client(self) -> Any:
        settings = self._settings
        if settings.app_type == "UserAssignedMSI":
            identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
            return msal.ManagedIdentityClient(identity, http_client=requests.Session())
        tenant = settings.app_tenant_id if settings.app_type == "SingleTenant" else "botframework.com"
        return msal.ConfidentialClientApplication(
            settings.app_id, client_credential=settings.app_password, authority=AUTHORITY + tenant
        )


def tokens_for(settings: Settings) -> Tokens:
    """The token source that fits these settings."""
    return NoTokens() if settings.local_only else MsalTokens(settings)
