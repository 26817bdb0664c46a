"""Makes the Teams app package: fills in the manifest template and zips it with its icons."""

import io
import json
import re
import struct
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from dialogs.texts.packaging import MANIFEST_PROBLEMS, PACKAGE_ERRORS, PACKAGE_WRITTEN

MANIFEST = Path(__file__).resolve().parents[2] / "manifest"
TEMPLATE = "manifest.json"
ICONS = {"color.png": 192, "outline.png": 32}  # name -> width and height in pixels
PLACEHOLDERS = ("{{APP_ID}}", "{{DOMAIN}}")
LIMITS = {  # field -> most characters Teams accepts
    "developer.name": 32,
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
}

APP_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
LONGEST_DOMAIN = 253  # RFC 1035
VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


class PackageError(ValueError):
    """No package can be made: `code` is a key of PACKAGE_ERRORS, `value` what was wrong."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


def render_manifest(app_id: str, domain: str, source: Path = MANIFEST) -> dict[str, object]:
    """The manifest for one bot; `app_id` is a UUID, `domain` a bare host name. Raises PackageError."""
    app_id, domain = _checked_app_id(app_id), _checked_domain(domain)
    text = _read(source / TEMPLATE).decode("utf-8")
    manifest: dict[str, object] = json.loads(text.replace("{{APP_ID}}", app_id).replace("{{DOMAIN}}", domain))
    return manifest


def write_package(app_id: str, domain: str, target: Path, source: Path = MANIFEST) -> Path:
    """Writes the zip and returns its path; the same input gives the same bytes. Raises PackageError."""
    manifest = render_manifest(app_id, domain, source)
    files = {TEMPLATE: json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"}
    files |= {name: _read(source / name) for name in ICONS}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_zipped(files))
    except OSError as error:
        raise PackageError("not_written", str(target)) from error
    return target


def run(app_id: str, domain: str, target: Path) -> int:
    """`python -m bot package`: prints the outcome; 0 when the package was written, else 2."""
    try:
        path = write_package(app_id, domain, target)
    except PackageError as error:
        print(PACKAGE_ERRORS[error.code].format(value=error.value))
        return 2
    print(PACKAGE_WRITTEN.format(path=path))
    return 0


def manifest_problems(source: Path = MANIFEST) -> list[str]:
    """What is wrong with the template and its icons, one Dutch sentence each; empty when all is well."""
    found = _template_problems(source) + _icon_problems(source)
    return [MANIFEST_PROBLEMS[code].format(value=value) for code, value in found]


def _checked_app_id(app_id: str) -> str:
    lowered = app_id.lower()
    if not APP_ID.fullmatch(lowered):
        raise PackageError("bad_app_id", app_id)
    return lowered


def _checked_domain(domain: str) -> str:
    lowered = domain.lower()
    if len(lowered) > LONGEST_DOMAIN or not DOMAIN.fullmatch(lowered):
        raise PackageError("bad_domain", domain)
    return lowered


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackageError("missing_file", str(path)) from error


def _zipped(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on the files alone: no clock, no compressor, no operating system."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _template_problems(source: Path) -> list[tuple[str, str]]:
    try:
        text = _read(source / TEMPLATE).decode("utf-8")
        manifest = json.loads(text)
    except PackageError as error:
        return [(error.code, error.value)]
    except ValueError as error:  # not UTF-8, or not JSON
        return [("bad_json", str(error))]
    version = _field(manifest, "version")
    bad_version = [] if VERSION.fullmatch(version) else [("bad_version", version)]
    return _placeholder_problems(text) + _length_problems(manifest) + bad_version


def _placeholder_problems(text: str) -> list[tuple[str, str]]:
    missing = [("missing_placeholder", known) for known in PLACEHOLDERS if known not in text]
    unknown = sorted(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDERS))
    return missing + [("unknown_placeholder", found) for found in unknown]


def _length_problems(manifest: Any) -> list[tuple[str, str]]:
    values = {path: _field(manifest, path) for path in LIMITS}
    missing = [("missing_field", path) for path, value in values.items() if not value.strip()]
    return missing + [("too_long", path) for path, value in values.items() if len(value) > LIMITS[path]]


def _field(manifest: Any, path: str) -> str:
    """The text at a dotted path; empty when there is none."""
    for key in path.split("."):
        manifest = manifest.get(key) if isinstance(manifest, dict) else None
    return manifest if isinstance(manifest, str) else ""


def _icon_problems(source: Path) -> list[tuple[str, str]]:
    problems = []
    for name, size in ICONS.items():
        try:
            header = _read(source / name)[:24]
        except PackageError as error:
            problems.append((error.code, error.value))
            continue
        if header != b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", size, size):
            problems.append(("bad_icon", f"{name} ({size} x {size})"))
    return problems
