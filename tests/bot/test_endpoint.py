"""POST /api/messages and the pages: whatever a stranger sends is refused or taken, never an error of ours."""

import gzip
import json
from typing import Any

import aiohttp
import pytest

from bot.teams.standin import BOT_ID
from tests.bot.connector import CHANNEL, GROUP, JONAS, Json, Teams

pytestmark = pytest.mark.asyncio(loop_scope="module")
JSON_TYPE = {"Content-Type": "application/json"}


@pytest.fixture
def teams(shared_teams: Teams) -> Teams:
    """The Teams of this module, with nothing said yet."""
    return shared_teams.quiet()


async def status_of(teams: Teams, body: bytes, headers: dict[str, str] | None = None) -> int:
    """The HTTP status for a raw body."""
    url = f"{teams.bot_url}/api/messages"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers or JSON_TYPE) as response,
    ):
        return response.status


def changed(teams: Teams, **fields: Any) -> Json:
    """Jonas' question with other fields; None leaves a field out."""
    activity = {**teams.message(JONAS, JONAS.chat, "wanneer is de volgende intervisie?"), **fields}
    return {name: value for name, value in activity.items() if value is not None}


NO_ACTIVITY: dict[str, bytes] = {
    "empty": b"",
    "white_space": b" \n ",
    "not_json": b"hallo",
    "half_json": b'{"type": "message"',
    "single_quotes": b"{'type': 'message'}",
    "trailing_comma": b'{"type": "message",}',
    "two_documents": b'{"type": "message"} {"type": "message"}',
    "byte_order_mark": b'\xef\xbb\xbf{"type": "message"}',
    "invalid_utf8": b'{"type": "\xff\xfe"}',
    "utf16": '{"type": "message"}'.encode("utf-16"),
    "null": b"null",
    "true": b"true",
    "number": b"12",
    "nan": b"NaN",
    "string": b'"message"',
    "list": b"[]",
    "list_of_activities": b'[{"type": "message"}]',
    "empty_object": b"{}",
    "deep_list": b"[" * 100_000,
    "deep_closed_list": b"[" * 100_000 + b"]" * 100_000,
    "deep_object": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "number_of_5000_digits": b'{"type": ' + b"9" * 5000 + b"}",
    "nul_bytes": b"\x00" * 100,
}


@pytest.mark.parametrize("body", NO_ACTIVITY.values(), ids=NO_ACTIVITY.keys())
async def test_a_body_that_is_no_activity_is_a_bad_request(teams: Teams, body: bytes) -> None:
    assert await status_of(teams, body) == 400


@pytest.mark.parametrize("field", ["type", "channelId", "serviceUrl", "conversation", "recipient"])
async def test_an_activity_without_what_every_activity_has_is_a_bad_request(teams: Teams, field: str) -> None:
    assert await teams.status(changed(teams, **{field: None})) == 400


@pytest.mark.parametrize("field", ["type", "channelId", "serviceUrl", "conversation", "recipient"])
@pytest.mark.parametrize("value", ["", 12, [], [{"id": "x"}], {}, {"id": ""}, {"id": 7}, {"id": ["x"]}, True])
async def test_a_required_field_of_the_wrong_shape_is_a_bad_request(teams: Teams, field: str, value: object) -> None:
    assert await teams.status(changed(teams, **{field: value})) == 400


WRONG_TYPES: dict[str, Json] = {
    "from_string": {"from": "Jonas"},
    "from_list": {"from": ["Jonas"]},
    "from_id_number": {"from": {"id": 12, "name": 13, "aadObjectId": 14}},
    "from_id_object": {"from": {"id": {"id": "x"}}},
    "from_entra_list": {"from": {"id": JONAS.id, "aadObjectId": [JONAS.aad]}},
    "entities_string": {"entities": "mention"},
    "entities_object": {"entities": {"type": "mention"}},
    "entities_of_numbers": {"entities": [1, None, "x", []]},
    "mentioned_string": {"entities": [{"type": "mention", "mentioned": BOT_ID}]},
    "members_object": {"type": "conversationUpdate", "membersAdded": {"id": BOT_ID}},
    "members_of_strings": {"type": "conversationUpdate", "membersAdded": [BOT_ID]},
    "members_of_numbers": {"type": "conversationUpdate", "membersRemoved": [1, None]},
    "channel_data_string": {"channelData": "tenant"},
    "channel_data_list": {"channelData": [1]},
    "tenant_string": {"channelData": {"tenant": "x", "team": "y"}},
    "team_list": {"channelData": {"team": [{"id": 1}]}},
    "timestamp_word": {"timestamp": "gisteren"},
    "timestamp_number": {"timestamp": 12},
    "timestamp_far": {"timestamp": "999999-01-01T00:00:00Z"},
    "timestamp_nan": {"timestamp": float("nan")},
    "local_timestamp_object": {"localTimestamp": {"at": "now"}},
    "expiration_word": {"expiration": "nooit"},
    "text_number": {"text": 12},
    "text_object": {"text": {"nl": "hallo"}},
    "text_list": {"text": ["hallo"]},
    "value_string": {"value": "knop"},
    "value_list": {"value": [1, 2]},
    "value_nan": {"value": {"meeting": float("nan"), "action": float("inf")}},
    "id_number": {"id": 12},
    "id_huge": {"id": 10**400},
    "id_object": {"id": {}},
    "reply_to_id_list": {"replyToId": ["x"]},
    "attachments_string": {"attachments": "foto.png"},
    "attachments_of_numbers": {"attachments": [1]},
    "suggested_actions_string": {"suggestedActions": "ja"},
    "delivery_mode_odd": {"deliveryMode": "expectReplies"},
    "locale_number": {"locale": 12},
    "locale_unknown": {"locale": "tlh-KX"},
    "conversation_type_number": {"conversation": {"id": JONAS.chat.id, "conversationType": 5, "isGroup": "ja"}},
    "conversation_type_unknown": {"conversation": {"id": JONAS.chat.id, "conversationType": "zeppelin"}},
    "conversation_id_long": {"conversation": {"id": "a:" + "x" * 100_000, "conversationType": "personal"}},
    "conversation_id_slashes": {"conversation": {"id": "../../v3/../?#%2f", "conversationType": "personal"}},
    "conversation_id_surrogate": {"conversation": {"id": "a:\ud800", "conversationType": "personal"}},
    "name_surrogate": {"from": {"id": JONAS.id, "name": "\ud800", "aadObjectId": JONAS.aad}},
    "text_surrogate": {"text": "wanneer \ud800 is de intervisie"},
    "text_nul": {"text": "wanneer \x00 is de intervisie"},
    "text_long": {"text": "wanneer is de intervisie? " * 8000},
    "text_markup": {"text": "<at>" * 500 + "&amp;" * 5000},
    "entra_long": {"from": {"id": JONAS.id, "aadObjectId": "x" * 100_000}},
    "entra_nul": {"from": {"id": JONAS.id, "aadObjectId": "\x00"}},
    "entra_surrogate": {"from": {"id": JONAS.id, "aadObjectId": "\ud800"}},
    "sender_without_id": {"from": {"id": "", "name": "", "aadObjectId": JONAS.aad}},
    "sender_path": {"from": {"id": "../../..", "aadObjectId": "b0f0c0de-0000-4000-8000-000000000099"}},
    "value_deep": {"value": json.loads('{"a":' * 300 + "1" + "}" * 300)},
    "extra_field": {"verrassing": {"a": [1, 2, 3]}},
    "caller_id_object": {"callerId": {"x": 1}},
    "relates_to_string": {"relatesTo": "x"},
}


@pytest.mark.parametrize("fields", WRONG_TYPES.values(), ids=WRONG_TYPES.keys())
async def test_fields_of_the_wrong_shape_are_never_our_error_and_the_bot_goes_on(teams: Teams, fields: Json) -> None:
    assert await teams.status({**changed(teams), **fields}) in {200, 400}
    assert "Intervisie huiswerkbegeleiding" in (await teams.deliver(changed(teams)))[0].text


@pytest.mark.parametrize("depth", [300, 800, 990, 5000])
async def test_deep_data_inside_an_activity_is_never_our_error(teams: Teams, depth: int) -> None:
    body = json.dumps(changed(teams))[:-1] + ', "value": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    assert await status_of(teams, body.encode()) in {200, 400}


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "json"],
)
async def test_another_content_type_is_refused(teams: Teams, content_type: str) -> None:
    body = json.dumps(changed(teams)).encode()
    assert await status_of(teams, body, {"Content-Type": content_type}) == 415


async def test_no_content_type_is_refused(teams: Teams) -> None:
    async with aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as session:
        response = await session.post(f"{teams.bot_url}/api/messages", data=json.dumps(changed(teams)).encode())
    assert response.status == 415


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
async def test_json_with_a_charset_is_taken(teams: Teams, content_type: str) -> None:
    assert await status_of(teams, json.dumps(changed(teams)).encode(), {"Content-Type": content_type}) == 200


async def test_an_unknown_charset_is_never_our_error(teams: Teams) -> None:
    headers = {"Content-Type": "application/json; charset=klingon"}
    assert await status_of(teams, json.dumps(changed(teams)).encode(), headers) in {200, 400, 415}


async def test_a_body_that_is_not_what_its_encoding_says_is_a_bad_request(teams: Teams) -> None:
    assert await status_of(teams, b"{}", {**JSON_TYPE, "Content-Encoding": "gzip"}) == 400


async def test_too_much_is_refused_as_too_large(teams: Teams) -> None:
    assert await status_of(teams, json.dumps(changed(teams, text="x" * 300_000)).encode()) == 413


async def test_too_much_behind_compression_is_refused_as_too_large(teams: Teams) -> None:
    body = gzip.compress(json.dumps(changed(teams, text="x" * 3_000_000)).encode())
    assert await status_of(teams, body, {**JSON_TYPE, "Content-Encoding": "gzip"}) == 413


async def test_what_teams_may_send_at_most_is_taken(teams: Teams) -> None:
    assert await status_of(teams, json.dumps(changed(teams, text="x" * 100_000)).encode()) == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "http://evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://localhost.evil.example/",
        "http://10.1.2.3/",
        "ftp://127.0.0.1/",
        "geen adres",
    ],
)
async def test_an_answer_asked_for_elsewhere_than_this_machine_is_forbidden(teams: Teams, url: str) -> None:
    assert await teams.status(changed(teams, serviceUrl=url)) == 403
    assert teams.posted == []


@pytest.mark.parametrize(
    "kind",
    ["typing", "event", "endOfConversation", "contactRelationUpdate", "deleteUserData", "trace", "handoff", "onbekend"],
)
async def test_activities_the_bot_has_no_use_for_are_taken_in_silence(teams: Teams, kind: str) -> None:
    assert await teams.deliver(changed(teams, type=kind, text=None)) == []


@pytest.mark.parametrize("kind", ["messageUpdate", "messageDelete", "messageReaction"])
async def test_changes_to_messages_are_taken_in_silence(teams: Teams, kind: str) -> None:
    assert await teams.deliver(changed(teams, type=kind, reactionsAdded=[{"type": "like"}])) == []


@pytest.mark.parametrize("name", ["adaptiveCard/action", "task/fetch", "composeExtension/query", "onbekend", None])
async def test_invokes_the_bot_has_no_use_for_are_answered_without_an_error_page(
    teams: Teams, name: str | None
) -> None:
    status = await teams.status(changed(teams, type="invoke", name=name, text=None, value={"action": "x"}))
    assert status in {200, 501}
    assert teams.posted == []


async def test_a_meeting_that_starts_is_taken_in_silence(teams: Teams) -> None:
    name = "application/vnd.microsoft.meetingStart"
    assert await teams.deliver(changed(teams, type="event", name=name, text=None, value={"Id": "x"})) == []


async def test_people_who_join_a_chat_are_taken_in_silence(teams: Teams) -> None:
    joined = {**teams.activity(JONAS, GROUP, "conversationUpdate"), "membersAdded": [{"id": JONAS.id}]}
    assert await teams.deliver(joined) == []


async def test_a_renamed_channel_is_taken_in_silence(teams: Teams) -> None:
    renamed = teams.activity(JONAS, CHANNEL, "conversationUpdate")
    renamed["channelData"]["eventType"] = "channelRenamed"
    assert await teams.deliver(renamed) == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_other_methods_are_not_allowed(teams: Teams, method: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{teams.bot_url}/api/messages") as response,
    ):
        assert response.status == 405


async def test_an_unknown_address_is_not_found(teams: Teams) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{teams.bot_url}/geheim") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/", "Ambassadeursbot", "bijeenkomsten"),
        ("/privacy", "Privacy", "persoonlijke chat"),
        ("/voorwaarden", "Voorwaarden", "leden van het netwerk"),
    ],
)
async def test_the_pages_are_dutch_and_link_to_each_other(teams: Teams, path: str, title: str, words: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{teams.bot_url}{path}") as response:
        page = await response.text()
        assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    assert 'lang="nl-BE"' in page
    assert f"<h1>{title}</h1>" in page
    assert words in page
    assert 'href="/privacy"' in page
    assert 'href="/voorwaarden"' in page
