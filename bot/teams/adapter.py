"""The fallback for `endpoint`: the Bot Framework SDK's own adapter checks who knocks (BOT_EDGE=sdk)."""

import json
import logging
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import PasswordServiceClientCredentialFactory

from bot.hosts import is_loopback
from bot.settings import Settings
from bot.teams.activities import Incoming, read_activity
from bot.teams.endpoint import TakeTurn
from bot.teams.lines import TooBusy

log = logging.getLogger(__name__)


class TeamsEndpoint:
    """POST /api/messages."""

    def __init__(self, settings: Settings, take_turn: TakeTurn) -> None:
        self._settings, self._take_turn = settings, take_turn
        # The SDK only checks who knocks; our messenger sends, so these credentials never ask for a token.
        credentials = PasswordServiceClientCredentialFactory(settings.app_id, settings.app_password)
        self._authentication = ConfigurationBotFrameworkAuthentication(
            SimpleNamespace(), credentials_factory=credentials
        )
        self._adapter = CloudAdapter(self._authentication)

    async def handle(self, request: web.Request) -> web.Response:
        """Take one activity: 200 when its turn is done; 400, 401, 403, 413 or 415 when it is refused."""
        if self._settings.local_only and not is_loopback(request.remote or ""):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        if request.content_type != "application/json":
            return web.Response(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            raw: Any = json.loads(await request.text())
            incoming = read_activity(raw)
            activity = Activity().deserialize(raw)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except Exception:  # noqa: BLE001 - msrest raises its own kinds, and what a stranger sends is never our error
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        place = incoming.place
        if not self._settings.allows_tenant(place.tenant_id) or not self._settings.allows_service_url(
            place.service_url
        ):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        return await self._authenticated(request, activity, incoming)

    async def _authenticated(self, request: web.Request, activity: Activity, incoming: Incoming) -> web.Response:
        try:
            header = request.headers.get("Authorization", "")
            known = await self._authentication.authenticate_request(activity, header)
        except Exception as error:  # noqa: BLE001 - the SDK raises anything from IndexError to bare Exception here
            log.warning("refused an activity: %s", type(error).__name__)
            return web.Response(status=HTTPStatus.UNAUTHORIZED)

        busy = False

        async def logic(_context: TurnContext) -> None:
            nonlocal busy
            try:
                await self._take_turn(incoming)
            except TooBusy:
                busy = True

        answer = await self._adapter.process_activity(known, activity, logic)
        if busy:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(status=answer.status if answer else HTTPStatus.OK)
