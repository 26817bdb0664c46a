"""The keys that prove who knocks: fetched rarely, from where nobody else can write, and never lost to a bad answer."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from bot.teams.guard import Guard, Refused
from bot.teams.keys import (
    ASK_AGAIN_AFTER,
    ASK_AGAIN_WITHOUT_KEYS,
    MOST_BYTES,
    REFRESH_AFTER,
    KeysUnavailable,
    SigningKeys,
)
from tests.bot.microsoft import APP, Microsoft, Odd, microsoft_on_loopback, new_key

Json = dict[str, Any]
FETCH = 2
"""Documents that one fetch asks for: the metadata and the keys."""


@dataclass
class Timer:
    """A clock that goes on when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """The key with which Microsoft signs."""
    return new_key()


@pytest.fixture(scope="module")
def next_key() -> RSAPrivateKey:
    """The key with which Microsoft signs afterwards."""
    return new_key()


@pytest.fixture
def microsoft(key: RSAPrivateKey) -> Iterator[Microsoft]:
    """Microsoft, signing with its key."""
    with microsoft_on_loopback(key) as started:
        yield started


@pytest.fixture
def timer() -> Timer:
    """The timer of the keys."""
    return Timer()


@pytest.fixture
async def keys(microsoft: Microsoft, timer: Timer) -> AsyncIterator[SigningKeys]:
    """Microsoft's keys, not fetched yet."""
    async with aiohttp.ClientSession() as session:
        yield SigningKeys(session, microsoft.metadata_url, timer)


async def known(keys: SigningKeys, *names: str) -> list[bool]:
    """Which of these keys are known."""
    return [await keys.key(name) is not None for name in names]


async def test_a_thousand_unknown_keys_are_asked_for_once(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer
) -> None:
    await keys.ready()
    timer.now += ASK_AGAIN_AFTER
    found = await asyncio.gather(*(keys.key(f"unknown-{number}") for number in range(1000)))
    assert (found, microsoft.asked) == ([None] * 1000, 2 * FETCH)


async def test_unknown_keys_are_asked_for_once_a_minute(keys: SigningKeys, microsoft: Microsoft, timer: Timer) -> None:
    await keys.ready()
    for _ in range(10):
        timer.now += ASK_AGAIN_AFTER / 2
        assert await known(keys, "unknown") == [False]
    assert microsoft.asked == FETCH * 6


async def test_a_new_key_is_found_within_a_minute(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer, next_key: RSAPrivateKey
) -> None:
    await keys.ready()
    microsoft.keys = {"second": next_key}
    timer.now += ASK_AGAIN_AFTER
    assert await known(keys, "second", "first") == [True, False]


async def test_a_failed_refresh_keeps_the_old_keys(keys: SigningKeys, microsoft: Microsoft, timer: Timer) -> None:
    await keys.ready()
    microsoft.down = True
    timer.now += REFRESH_AFTER
    assert await known(keys, "unknown", "first") == [False, True]


async def test_old_keys_are_refreshed_beside_the_turns(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer, next_key: RSAPrivateKey
) -> None:
    await keys.ready()
    microsoft.keys = {"second": next_key}
    timer.now += REFRESH_AFTER
    assert await known(keys, "first") == [True]
    assert await known(keys, "second", "first") == [True, False]
    assert microsoft.asked == 2 * FETCH


async def test_while_there_are_no_keys_they_are_asked_for_every_few_seconds(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer
) -> None:
    microsoft.down = True
    for _ in range(50):
        with pytest.raises(KeysUnavailable):
            await keys.key("first")
    assert microsoft.asked == 1
    microsoft.down = False
    timer.now += ASK_AGAIN_WITHOUT_KEYS
    assert await known(keys, "first") == [True]


async def test_who_gives_up_waiting_does_not_stop_the_fetch(keys: SigningKeys) -> None:
    impatient = asyncio.create_task(keys.ready())
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await known(keys, "first") == [True]


BAD: dict[str, Odd] = {
    "empty": Odd(b""),
    "html": Odd(b"<html>"),
    "not_utf8": Odd(b"\xff\xfe"),
    "odd_charset": Odd(b"\xff", headers={"Content-Type": "application/json; charset=klingon"}),
    "null": Odd(b"null"),
    "list": Odd(b"[]"),
    "object": Odd(b"{}"),
    "keys_null": Odd(b'{"keys": null, "jwks_uri": null}'),
    "keys_number": Odd(b'{"keys": 12, "jwks_uri": 12}'),
    "keys_words": Odd(b'{"keys": "first", "jwks_uri": "first"}'),
    "keys_of_nothing": Odd(b'{"keys": [null, 1, "x", [], {}, {"kid": "first"}, {"kty": "RSA", "kid": "first"}]}'),
    "nested": Odd(b"[" * 100_000),
    "huge_number": Odd(b'{"keys": ' + b"9" * 10_000 + b"}"),
    "not_gzip": Odd(b"x", headers={"Content-Encoding": "gzip"}),
    "error": Odd(b"{}", 500),
    "not_there": Odd(b"{}", 404),
    "other_success": Odd(b"{}", 203),
}


@pytest.mark.parametrize("where", ["/openid", "/keys"])
@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
async def test_a_bad_answer_gives_no_keys_and_takes_none_away(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer, where: str, answer: Odd
) -> None:
    microsoft.odd = {where: answer}
    assert not await keys.ready()
    microsoft.odd = {}
    timer.now += ASK_AGAIN_WITHOUT_KEYS
    assert await keys.ready()
    microsoft.odd = {where: answer}
    timer.now += ASK_AGAIN_AFTER
    assert await known(keys, "unknown", "first") == [False, True]


@pytest.mark.parametrize("where", ["/openid", "/keys"])
@pytest.mark.parametrize("how", ["with_its_length", "without_length", "packed"])
async def test_a_document_that_is_too_large_is_not_read(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer, where: str, how: str
) -> None:
    body = json.dumps(microsoft.documents()[where]).encode().ljust(MOST_BYTES + 1)
    packed = Odd(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    microsoft.odd = {where: packed if how == "packed" else Odd(body, chunked=how == "without_length")}
    assert not await keys.ready()
    microsoft.odd = {where: Odd(body[:-1])}
    timer.now += ASK_AGAIN_WITHOUT_KEYS
    assert await keys.ready()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", ["/openid", "/keys"])
async def test_a_redirect_is_not_followed_and_its_body_not_believed(
    keys: SigningKeys, microsoft: Microsoft, where: str, status: int
) -> None:
    document = json.dumps(microsoft.documents()[where]).encode()
    microsoft.odd = {where: Odd(document, status, {"Location": f"{microsoft.url}{where}?again"})}
    assert not await keys.ready()
    assert microsoft.asked <= FETCH


@pytest.mark.parametrize(
    "address",
    [
        "http://keys.example/keys",
        "http://127.0.0.1@keys.example/keys",
        "http://127.0.0.1.keys.example/keys",
        "ftp://127.0.0.1/keys",
        "file:///etc/passwd",
        "//127.0.0.1/keys",
        "/keys",
        "keys",
        "https://",
    ],
)
async def test_keys_are_not_fetched_where_others_can_write(
    keys: SigningKeys, microsoft: Microsoft, address: str
) -> None:
    microsoft.jwks_uri = address
    assert (await keys.ready(), microsoft.asked) == (False, 1)


async def test_metadata_from_elsewhere_can_not_send_us_to_this_machine(microsoft: Microsoft) -> None:
    async with aiohttp.ClientSession() as session:
        keys = SigningKeys(session, "https://login.botframework.example/openid")
        with pytest.raises(ValueError, match="not https"):
            await keys._json(f"{microsoft.url}/keys")
    assert microsoft.asked == 0


def shown(key: RSAPrivateKey, **fields: Any) -> Json:
    """A public key as it is published, with other fields."""
    return {**json.loads(RSAAlgorithm.to_jwk(key.public_key())), "kid": "first", **fields}


def entries(key: RSAPrivateKey) -> dict[str, Json]:
    """Published keys that can't be used."""
    curve = json.loads(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key()))
    return {
        "elliptic": {**curve, "kid": "first"},
        "secret": {"kty": "oct", "k": "emVlc3Rlcg", "kid": "first"},
        "private": {**json.loads(RSAAlgorithm.to_jwk(key)), "kid": "first"},
        "weak": shown(generate_private_key(public_exponent=65537, key_size=1024)),
        "for_encryption": shown(key, use="enc"),
        "for_another_algorithm": shown(key, alg="PS256"),
        "number_for_modulus": shown(key, n=12),
        "no_modulus": shown(key, n=None),
        "broken_modulus": shown(key, n="é"),
        "tiny_modulus": shown(key, n="AQ"),
        "exponent_one": shown(key, e="AQ"),
        "kid_of_numbers": shown(key, kid=12),
        "odd_endorsements": shown(key, endorsements=[["msteams"], 1]),
        "endorsements_in_words": shown(key, endorsements="msteams"),
    }


ENTRIES = tuple(entries(new_key()))


@pytest.mark.parametrize("name", ENTRIES)
async def test_an_unusable_key_is_left_out_and_hides_no_other(
    keys: SigningKeys, microsoft: Microsoft, key: RSAPrivateKey, name: str
) -> None:
    published = {"keys": [entries(key)[name], shown(key, kid="good")]}
    microsoft.odd = {"/keys": Odd(json.dumps(published).encode())}
    assert await known(keys, "good", "first") == [True, False]


async def test_of_two_keys_with_one_name_the_first_counts(
    keys: SigningKeys, microsoft: Microsoft, key: RSAPrivateKey, next_key: RSAPrivateKey
) -> None:
    microsoft.odd = {"/keys": Odd(json.dumps({"keys": [shown(key), shown(next_key)]}).encode())}
    guard = Guard(keys, APP)
    assert await guard.caller(f"Bearer {microsoft.token()}")
    with pytest.raises(Refused):
        await guard.caller(f"Bearer {microsoft.token(signed_by=next_key)}")


async def test_a_verified_token_is_taken_for_an_hour_after_its_key_was_withdrawn(
    keys: SigningKeys, microsoft: Microsoft, timer: Timer, next_key: RSAPrivateKey
) -> None:
    hours = 0.0

    def wall_clock() -> float:
        return float(1_000_000 + hours * 3600)

    guard = Guard(keys, APP, wall_clock)
    header = f"Bearer {microsoft.token(exp=4_000_000_000)}"
    await guard.caller(header)
    microsoft.keys = {"second": next_key}
    timer.now += ASK_AGAIN_AFTER
    assert await known(keys, "second", "first") == [True, False]
    hours = 0.99
    assert await guard.caller(header)
    hours = 1.01
    with pytest.raises(Refused, match="unknown key"):
        await guard.caller(header)
