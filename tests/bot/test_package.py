"""The Teams app package: what Teams, an administrator and a coordinator may expect of it."""

import hashlib
import importlib.util
import json
import re
import shutil
import struct
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest

from bot.commands import package
from bot.commands.package import PackageError, manifest_problems, render_manifest, run, write_package
from dialogs.texts.packaging import MANIFEST_PROBLEMS, PACKAGE_ERRORS

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMAS = REPOSITORY.parent / "shared" / "schemas"
APP_ID = "1f0c7d3e-52b4-4c1a-9a6e-0d8b3f2a7c11"
DOMAIN = "bot.netwerk.example"


@pytest.fixture
def manifest() -> Any:
    return render_manifest(APP_ID, DOMAIN)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of manifest/ to damage."""
    return Path(shutil.copytree(package.MANIFEST, tmp_path / "manifest"))


def pixels(path: Path) -> list[list[tuple[int, ...]]]:
    """The RGBA pixels of a PNG whose rows have filter 0, as draw_icons.py writes them."""
    data, found, offset = path.read_bytes(), b"", 8
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    while offset < len(data):
        (length,) = struct.unpack(">I", data[offset : offset + 4])
        if data[offset + 4 : offset + 8] == b"IDAT":
            found += data[offset + 8 : offset + 8 + length]
        offset += length + 12
    raw, row = zlib.decompress(found), width * 4 + 1
    assert all(raw[start] == 0 for start in range(0, len(raw), row))
    lines = [raw[start + 1 : start + row] for start in range(0, height * row, row)]
    return [[tuple(line[at : at + 4]) for at in range(0, len(line), 4)] for line in lines]


def draw_icons() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_icons", package.MANIFEST / "draw_icons.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The manifest


def test_manifest_obeys_the_schema_it_names(manifest: Any) -> None:
    version = manifest["manifestVersion"]
    assert f"/teams/v{version}/" in manifest["$schema"]
    schema = SCHEMAS / f"MicrosoftTeams.v{version}.schema.json"
    if not schema.exists():
        pytest.skip(f"no copy of the Teams schema here: {schema}")
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    checker = jsonschema.Draft4Validator(json.loads(schema.read_text("utf-8")))
    assert [error.message for error in checker.iter_errors(manifest)] == []


def test_manifest_names_the_bot_and_its_host_everywhere(manifest: Any) -> None:
    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    assert manifest["validDomains"] == [DOMAIN]
    developer = manifest["developer"]
    assert developer["privacyUrl"] == f"https://{DOMAIN}/privacy"
    assert developer["termsOfUseUrl"] == f"https://{DOMAIN}/voorwaarden"
    assert "{{" not in json.dumps(manifest)


def test_manifest_asks_for_no_more_than_the_bot_needs(manifest: Any) -> None:
    asked = manifest["authorization"]["permissions"]["resourceSpecific"]
    # When a meeting began and ended, and nothing of what is said in it.
    assert [one["name"] for one in asked] == ["OnlineMeeting.ReadBasic.Chat", "ChannelMeeting.ReadBasic.Group"]
    assert manifest["webApplicationInfo"]["id"] == APP_ID
    assert manifest["permissions"] == ["identity"]


def test_bot_may_give_and_take_files(manifest: Any) -> None:
    assert manifest["bots"][0]["supportsFiles"] is True


def test_bot_may_be_added_in_private_shared_and_standard_channels(manifest: Any) -> None:
    assert manifest["supportsChannelFeatures"] == "tier1"
    assert "supportedChannelTypes" not in manifest  # refused by Teams from schema 1.25 on


def test_texts_are_dutch_and_differ(manifest: Any) -> None:
    assert manifest["localizationInfo"]["defaultLanguageTag"] == "nl"
    assert manifest["name"]["short"] != manifest["name"]["full"]
    assert manifest["description"]["short"] not in manifest["description"]["full"]


def test_every_scope_has_exactly_one_command_list(manifest: Any) -> None:
    bot = manifest["bots"][0]
    listed = [scope for commands in bot["commandLists"] for scope in commands["scopes"]]
    assert sorted(listed) == sorted(bot["scopes"]) == ["groupChat", "personal", "team"]


@pytest.mark.parametrize("scope", ["personal", "team", "groupChat"])
def test_commands_are_short_distinct_and_dutch(manifest: Any, scope: str) -> None:
    lists = manifest["bots"][0]["commandLists"]
    commands = [command for entry in lists if scope in entry["scopes"] for command in entry["commands"]]
    titles = [command["title"] for command in commands]
    assert 1 <= len(titles) <= 12
    assert len(set(titles)) == len(titles)
    # Older clients cut at these lengths, though the schema allows more.
    assert all(0 < len(command["title"]) <= 32 for command in commands)
    assert all(0 < len(command["description"]) <= 128 for command in commands)
    english = r"\b(the|what|when|where|who|next|meeting|show|command|questions?)\b"
    for text in titles + [command["description"] for command in commands]:
        assert text == text.strip()
        assert not re.search(english, text, re.IGNORECASE), text


@pytest.mark.parametrize("scope", ["personal", "team", "groupChat"])
def test_polls_are_told_of_wherever_one_can_vote(manifest: Any, scope: str) -> None:
    lists = manifest["bots"][0]["commandLists"]
    titles = [one["title"] for entry in lists if scope in entry["scopes"] for one in entry["commands"]]
    assert any("peiling" in title for title in titles)
    assert "peilingen" in manifest["description"]["full"]
    assert "peiling" in [one["id"] for one in manifest["composeExtensions"][0]["commands"]]


def test_nothing_is_promised_that_goes_another_way(manifest: Any) -> None:
    bot = manifest["bots"][0]
    titles = [command["title"] for entry in bot["commandLists"] for command in entry["commands"]]
    promised = " ".join([*manifest["description"].values(), *titles]).lower()
    assert not re.search(r"schrijf je in|inschrijven|aanmelden", promised)


# The icons


@pytest.mark.parametrize(("name", "size"), [("color.png", 192), ("outline.png", 32)])
def test_icon_has_the_size_teams_asks(name: str, size: int) -> None:
    rows = pixels(package.MANIFEST / name)
    assert (len(rows), {len(row) for row in rows}) == (size, {size})


def test_color_icon_covers_its_whole_square() -> None:
    assert {pixel[3] for row in pixels(package.MANIFEST / "color.png") for pixel in row} == {255}


def test_color_icon_has_the_accent_colour_behind_it(manifest: Any) -> None:
    corner = pixels(package.MANIFEST / "color.png")[0][0]
    assert manifest["accentColor"] == "#{:02X}{:02X}{:02X}".format(*corner[:3])


def test_outline_icon_is_white_on_nothing() -> None:
    found = [pixel for row in pixels(package.MANIFEST / "outline.png") for pixel in row]
    assert {pixel[:3] for pixel in found} == {(255, 255, 255)}
    assert {0, 255} <= {pixel[3] for pixel in found}
    assert found[0][3] == found[-1][3] == 0


def test_outline_icon_is_what_the_script_draws(tmp_path: Path) -> None:
    script = draw_icons()
    drawn = tmp_path / "outline.png"
    drawn.write_bytes(script.png(script.outline_layers(), 32))
    assert pixels(drawn) == pixels(package.MANIFEST / "outline.png")


def test_color_icon_is_what_the_script_draws() -> None:
    script = draw_icons()
    layers, rows = script.color_layers(), pixels(package.MANIFEST / "color.png")
    for row in range(0, 192, 16):  # every sixteenth row: the whole picture takes seconds
        assert [tuple(script.pixel(layers, column, row)) for column in range(192)] == rows[row]


# The package


def test_package_holds_the_manifest_and_both_icons_at_its_root(tmp_path: Path, manifest: Any) -> None:
    path = write_package(APP_ID, DOMAIN, tmp_path / "bot.zip")
    assert path == tmp_path / "bot.zip"
    with ZipFile(path) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert archive.testzip() is None
        assert json.loads(archive.read("manifest.json")) == manifest
        for name in ("color.png", "outline.png"):
            assert archive.read(name) == (package.MANIFEST / name).read_bytes()


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [write_package(APP_ID, DOMAIN, tmp_path / name) for name in ("one.zip", "two.zip")]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    assert len(digests) == 1


def test_capitals_make_no_difference(tmp_path: Path) -> None:
    one = write_package(APP_ID, DOMAIN, tmp_path / "one.zip")
    two = write_package(APP_ID.upper(), DOMAIN.upper(), tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()


def test_package_makes_the_folder_it_is_written_in(tmp_path: Path) -> None:
    assert write_package(APP_ID, DOMAIN, tmp_path / "uit" / "bot.zip").is_file()


# Bad input


@pytest.mark.parametrize(
    "app_id",
    ["", "bot", APP_ID[:-1], f"{{{APP_ID}}}", APP_ID.replace("-", ""), f"{APP_ID}\n", f"g{APP_ID[1:]}"],
)
def test_app_id_must_be_a_uuid(app_id: str) -> None:
    with pytest.raises(PackageError) as caught:
        render_manifest(app_id, DOMAIN)
    assert (caught.value.code, caught.value.value) == ("bad_app_id", app_id)


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "localhost",
        "https://bot.netwerk.example",
        "bot.netwerk.example/privacy",
        "bot.netwerk.example:3978",
        "jan@bot.netwerk.example",
        "*.netwerk.example",
        "bot..example",
        "-bot.example",
        "bot-.example",
        "bot.netwerk.example.",
        "bot.netwerk.example\n",
        "bot netwerk.example",
        'bot".example',
        "192.168.0.1",
        "bötje.example",
        "a" * 64 + ".example",
        "a." * 130 + "example",
    ],
)
def test_domain_must_be_a_bare_host_name(domain: str) -> None:
    with pytest.raises(PackageError) as caught:
        render_manifest(APP_ID, domain)
    assert (caught.value.code, caught.value.value) == ("bad_domain", domain)


@pytest.mark.parametrize("domain", ["netwerk.be", "bot.netwerk.example", "a-1.b2.azurewebsites.net", "xn--btje-5qa.be"])
def test_ordinary_host_names_are_accepted(domain: str) -> None:
    assert render_manifest(APP_ID, domain)["validDomains"] == [domain]


@pytest.mark.parametrize("name", ["manifest.json", "color.png", "outline.png"])
def test_missing_file_is_named(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).unlink()
    with pytest.raises(PackageError) as caught:
        write_package(APP_ID, DOMAIN, tmp_path / "bot.zip", source)
    assert (caught.value.code, caught.value.value) == ("missing_file", str(source / name))
    assert not (tmp_path / "bot.zip").exists()


def test_package_error_is_a_value_error() -> None:
    assert issubclass(PackageError, ValueError)


# The command line


def test_run_tells_in_dutch_where_the_package_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(APP_ID, DOMAIN, tmp_path / "bot.zip") == 0
    told = capsys.readouterr().out
    assert str(tmp_path / "bot.zip") in told
    assert "app-pakket" in told


@pytest.mark.parametrize(
    ("app_id", "domain", "wrong"),
    [("bot", DOMAIN, "'bot' is geen geldige app-id"), (APP_ID, "x:1", "'x:1' is geen geldige domeinnaam")],
)
def test_run_tells_in_dutch_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], app_id: str, domain: str, wrong: str
) -> None:
    assert run(app_id, domain, tmp_path / "bot.zip") == 2
    assert wrong in capsys.readouterr().out
    assert not (tmp_path / "bot.zip").exists()


def test_run_tells_when_the_package_cannot_be_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(APP_ID, DOMAIN, tmp_path) == 2
    assert str(tmp_path) in capsys.readouterr().out


def test_every_sentence_has_room_for_the_value() -> None:
    assert {"bad_app_id", "bad_domain", "missing_file", "not_written"} == set(PACKAGE_ERRORS)
    assert all("{value}" in sentence for sentence in (PACKAGE_ERRORS | MANIFEST_PROBLEMS).values())


# The check of the template


def test_our_own_template_has_no_problems() -> None:
    assert manifest_problems() == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("{{DOMAIN}}", "bot.example", "{{DOMAIN}}"),
        ('"version": "1.0.0"', '"version": "{{VERSION}}"', "{{VERSION}}"),
        ('"version": "1.0.0"', '"version": "1.0"', "1.0"),
        ('"short": "Ambassadeursbot"', '"short": "Ambassadeursbot van het hele netwerk"', "name.short"),
        ('"short": "Ambassadeursbot"', '"short": " "', "name.short"),
        ('"developer": {', '"anders": {', "developer.name"),
        ('"id":', '"id"', "JSON"),
    ],
)
def test_damaged_template_is_told(source: Path, old: str, new: str, wrong: str) -> None:
    template = source / "manifest.json"
    template.write_text(template.read_text("utf-8").replace(old, new), "utf-8")
    problems = manifest_problems(source)
    assert problems
    assert all(problem.startswith("Manifest: ") for problem in problems)
    assert any(wrong in problem for problem in problems)


def test_absent_or_swapped_icons_are_told(source: Path) -> None:
    shutil.copy(source / "color.png", source / "outline.png")
    (source / "color.png").unlink()
    missing, wrong_size = manifest_problems(source)
    assert "color.png ontbreekt" in missing
    assert "outline.png (32 x 32)" in wrong_size


def test_absent_template_is_told(source: Path) -> None:
    (source / "manifest.json").unlink()
    assert [str(source / "manifest.json") in problem for problem in manifest_problems(source)] == [True]
