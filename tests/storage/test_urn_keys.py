"""The key of anonymous polls: from the settings, or for SQLite from a file that is made once, for the bot alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.services.house import house_at
from storage.services.urn_keys import is_usable, key_file, secret_for

SAID = "sleutel-van-het-netwerk-32-tekens"


def _secret(folder: Path, said: str = "") -> bytes | None:
    return secret_for(make_url(f"sqlite:///{folder / 'bot.db'}"), said)


def test_it_is_made_once_beside_the_database_and_readable_for_nobody_else(tmp_path: Path) -> None:
    first = _secret(tmp_path)
    assert first is not None
    assert (len(first), _secret(tmp_path)) == (64, first)
    (file,) = tmp_path.iterdir()
    assert (file.name, stat.S_IMODE(file.stat().st_mode)) == ("bot.db.key", 0o600)


def test_another_database_has_another_key(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert _secret(tmp_path / "one") != _secret(tmp_path / "two")


def test_several_that_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(_secret, [tmp_path] * 32))
    assert (len(found), [one.name for one in tmp_path.iterdir()]) == (1, ["bot.db.key"])


def test_what_the_settings_say_comes_first_and_makes_no_file(tmp_path: Path) -> None:
    assert _secret(tmp_path, SAID) == SAID.encode()
    assert list(tmp_path.iterdir()) == []


def test_for_postgresql_only_the_settings_say_it() -> None:
    url = make_url("postgresql+asyncpg://db.example/bot")
    assert (key_file(url), secret_for(url), secret_for(url, SAID)) == (None, None, SAID.encode())


@pytest.mark.parametrize("left", [b"", b"kort"])
def test_a_damaged_file_is_left_alone_for_what_was_sealed_with_it(tmp_path: Path, left: bytes) -> None:
    file = tmp_path / "bot.db.key"
    file.write_bytes(left)
    assert _secret(tmp_path) is None
    assert file.read_bytes() == left


def test_where_no_file_can_be_made_there_is_no_key(tmp_path: Path) -> None:
    assert _secret(tmp_path / "weg") is None
    assert not (tmp_path / "weg").exists()


def test_whether_a_key_can_be_used_is_seen_without_making_one(tmp_path: Path) -> None:
    url = make_url(f"sqlite:///{tmp_path / 'bot.db'}")
    assert (is_usable(url), list(tmp_path.iterdir())) == (True, [])
    (tmp_path / "bot.db.key").write_bytes(b"kort")
    assert (is_usable(url), is_usable(url, SAID)) == (False, True)
    (tmp_path / "bot.db.key").unlink()
    assert _secret(tmp_path) is not None
    assert is_usable(url)
    assert not is_usable(make_url(f"sqlite:///{tmp_path / 'weg' / 'bot.db'}"))
    assert not is_usable(make_url("postgresql+asyncpg://db.example/bot"))


async def test_a_house_takes_its_key_so(tmp_path: Path) -> None:
    house = house_at(f"sqlite:///{tmp_path / 'bot.db'}")
    assert (house.polls.has_key, house.needs_urn_key) == (False, False)
    house.keep_urn_key()
    assert house.polls.has_key
    await house.close()
    elsewhere = house_at("postgresql+asyncpg://db.example/bot")
    elsewhere.keep_urn_key()
    assert (elsewhere.polls.has_key, elsewhere.needs_urn_key) == (False, True)
    elsewhere.keep_urn_key(SAID)
    assert elsewhere.polls.has_key
    await elsewhere.close()
