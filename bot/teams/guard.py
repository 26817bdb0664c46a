"""Who may knock: the token of an incoming request, before anything else of it is looked at."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from bot.teams.keys import SigningKeys

ISSUER = "https://api.botframework.com"
LEEWAY = 300
"""Seconds by which clocks may differ."""

LONGEST_TOKEN = 8_192
MOST_REMEMBERED = 2_000
"""Verified tokens that are kept: Teams uses one for about an hour, for all conversations."""

REMEMBERED_FOR = 3600
"""Seconds that a verified token is taken at its word at most: so long too after its key was withdrawn."""


class Refused(Exception):
    """The token is not one of the Bot Framework's for us; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request: the service URL that the token is bound to, and the channels its key may sign for."""

    service_url: str
    endorsements: frozenset[str]
    until: float

    def speaks_for(self, channel_id: str, service_url: str) -> bool:
        """Whether an activity of this channel and service URL can be this caller's."""
        endorsed = not self.endorsements or channel_id in self.endorsements
        return endorsed and self.service_url.rstrip("/") == service_url.rstrip("/")


class Guard:
    """Verifies the tokens with which the Bot Framework calls a bot."""

    def __init__(self, keys: SigningKeys, app_id: str, wall_clock: Callable[[], float] = time.time) -> None:
        self._keys, self._app_id, self._wall_clock = keys, app_id, wall_clock
        self._verified: OrderedDict[str, Caller] = OrderedDict()

    async def caller(self, authorization: str) -> Caller:
        """The caller that an Authorization header proves.

        Raises Refused for every token that is missing, malformed, expired, not signed by a known key, or not meant
        for us; KeysUnavailable when there is no key to verify with.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
            raise Refused("no bearer token")
        known = self._verified.get(token)
        if known is not None and self._wall_clock() < known.until:
            return known
        caller = await self._verify(token)
        self._verified[token] = caller
        while len(self._verified) > MOST_REMEMBERED:
            self._verified.popitem(last=False)
        return caller

    async def _verify(self, token: str) -> Caller:
        try:
            header = jwt.get_unverified_header(token)
            kid = header.get("kid")
            if header.get("alg") != "RS256" or not isinstance(kid, str):
                raise Refused("not signed with RS256 and a key id")
            signing = await self._keys.key(kid)
            if signing is None:
                raise Refused("unknown key")
            claims: dict[str, Any] = jwt.decode(
                token,
                signing.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except (PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Refused(type(error).__name__) from error
        service_url = claims.get("serviceurl") or claims.get("serviceUrl")
        if not isinstance(service_url, str) or not service_url:
            raise Refused("no service URL claim")
        if type(claims["exp"]) not in {int, float}:
            raise Refused("end is no number")
        until = min(claims["exp"] + LEEWAY, self._wall_clock() + REMEMBERED_FOR)  # an int may be too large for a float
        return Caller(service_url, signing.endorsements, until)
