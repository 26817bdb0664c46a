"""Entra, asked for the bot's own token through MSAL. Blocks: to be called in a thread."""

from dataclasses import dataclass
from typing import Any

import msal
import requests
from requests.adapters import HTTPAdapter

from bot.settings import Settings

SCOPE = "https://api.botframework.com"
AUTHORITY = "https://login.microsoftonline.com/"
ANSWER_WITHIN = 10.0
"""Seconds to connect, and between two pieces of an answer; MSAL by itself waits for ever."""


class NoToken(Exception):
    """Entra gave no token; the message is its error code and description, `code` the first word of it."""

    @property
    def code(self) -> str:
        """The error code: names nothing and nobody."""
        return str(self).partition(":")[0]


@dataclass(frozen=True, slots=True)
class Given:
    """A token and for how many seconds, from the moment of asking, it is good."""

    token: str
    seconds: float

    def __repr__(self) -> str:
        return f"Given({self.seconds})"


class Entra:
    """One long-lived MSAL client, or that of a managed identity; made at the first question, since that asks too."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = msal.TokenCache()
        self._client: Any = None

    def ask(self) -> Given:
        """A new token. Raises NoToken, whatever went wrong."""
        try:
            answer = self._answer()
            if "access_token" in answer:
                return Given(str(answer["access_token"]), float(answer.get("expires_in", 0)))
        except Exception as error:  # requests', urllib3's, MSAL's and JSON's own kinds: each means no token
            raise NoToken(f"{type(error).__name__}: {error}") from error
        raise NoToken(f"{answer.get('error')}: {answer.get('error_description')}")

    def _answer(self) -> Any:
        if self._client is None:
            self._client = self._new_client()
        # MSAL gives what it has until five minutes before its end, and we only ask when we want a new one.
        for kept in list(self._cache.search(msal.TokenCache.CredentialType.ACCESS_TOKEN)):
            self._cache.remove_at(kept)
        if self._settings.app_type == "UserAssignedMSI":
            return self._client.acquire_token_for_client(resource=SCOPE)
        return self._client.acquire_token_for_client(scopes=[f"{SCOPE}/.default"])

    def _new_client(self) -> Any:
        settings = self._settings
        if settings.app_type == "UserAssignedMSI":
            identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
            return msal.ManagedIdentityClient(identity, http_client=_session(), token_cache=self._cache)
        tenant = settings.app_tenant_id if settings.app_type == "SingleTenant" else "botframework.com"
        # Instance discovery asks login.microsoftonline.com whether it knows the host of an authority: for its own
        # hosts MSAL skips that, and another than Microsoft's it can't know.
        return msal.ConfidentialClientApplication(
            settings.app_id,
            client_credential=settings.app_password,
            authority=settings.login_authority or AUTHORITY + tenant,
            instance_discovery=False,
            azure_region=False if settings.login_authority else None,
            http_client=_session(),
            token_cache=self._cache,
        )


class _Session(requests.Session):
    """A session that waits a limited time, and never carries our secret to where it is redirected."""

    def request(self, *arguments: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", ANSWER_WITHIN)
        return super().request(*arguments, **{**options, "allow_redirects": False})


def _session() -> requests.Session:
    session = _Session()
    session.mount("https://", HTTPAdapter(max_retries=1))  # as MSAL's own: a connection that was closed meanwhile
    return session
