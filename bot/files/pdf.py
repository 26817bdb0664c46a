"""A Word document as PDF, by LibreOffice where that is installed: in a process of its own that may be killed."""

import asyncio
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

CONTENT_TYPE = "application/pdf"
PROGRAMS = ("soffice", "libreoffice")
WITHIN = 60.0
"""Seconds that a conversion may take; the first one on a machine is slow."""


class NotConverted(Exception):
    """LibreOffice made no PDF of it."""


def program() -> str | None:
    """Where LibreOffice is; None when it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


async def as_pdf(document: bytes) -> bytes:
    """A Word document as PDF. Raises NotConverted, also where there is no LibreOffice.

    LibreOffice takes some 200 MB: do one at a time.
    """
    found = program()
    if found is None:
        raise NotConverted
    with tempfile.TemporaryDirectory(prefix="bot-pdf-") as folder:
        return await _convert(found, Path(folder), document)


async def _convert(found: str, folder: Path, document: bytes) -> bytes:
    source, made = folder / "document.docx", folder / "document.pdf"
    await asyncio.to_thread(source.write_bytes, document)
    arguments = ("--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source))
    process = await asyncio.create_subprocess_exec(
        found,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",  # else two at once refuse to start
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},  # none of our secrets
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(WITHIN):
            await process.wait()
        return await asyncio.to_thread(made.read_bytes)
    except (TimeoutError, OSError) as error:
        raise NotConverted from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it starts others, which would live on
        await process.wait()
