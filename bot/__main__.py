"""The command line: `python -m bot VERB`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from dialogs.texts.commands import (
    CHAT_PLACES,
    DESCRIPTION,
    HELP_WORDS,
    OPTIONS,
    USAGE,
    USAGE_ERROR,
    USAGE_REASONS,
    VERBS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; its exit status."""
    options = _parser().parse_args(arguments)
    # Each verb loads only what it needs: the whole house takes two seconds to import.
    match options.verb:
        case "serve":
            from bot.commands import serve  # noqa: PLC0415

            return serve.run()
        case "demo":
            from bot.commands import demo  # noqa: PLC0415

            return demo.run(options.email, not options.no_browser)
        case "chat":
            from bot.commands import chat  # noqa: PLC0415

            question = " ".join(options.question) or None
            return chat.run(chat.ChatOptions(options.email, question, options.json, options.place))
        case "import" | "import-minutes" | "minutes":
            return _read_in(options)
        case "understand":
            from bot.commands import understand  # noqa: PLC0415

            asked = understand.UnderstandOptions(
                options.text, options.now, options.network, options.json, options.batch
            )
            return understand.run(asked)
        case "check":
            from bot.commands import check  # noqa: PLC0415

            return check.run()
        case _:
            from bot.commands import package  # noqa: PLC0415

            return package.run(options.app_id, options.domain, options.output)


def _read_in(options: argparse.Namespace) -> int:
    """The verbs that read files."""
    match options.verb:
        case "import":
            from bot.commands import import_file  # noqa: PLC0415

            return import_file.run(options.file, options.dry_run)
        case "import-minutes":
            from bot.commands import import_minutes  # noqa: PLC0415

            wanted = import_minutes.ImportOptions(options.folder, options.audience, options.kind, options.dry_run)
            return import_minutes.run(wanted)
        case _:
            from bot.commands import minutes  # noqa: PLC0415

            return minutes.run(options.file, as_json=options.json)


class _DutchParser(argparse.ArgumentParser):
    """Says what is wrong in Dutch."""

    def error(self, message: str) -> NoReturn:
        for english, dutch in USAGE_REASONS.items():
            message = message.replace(english, dutch)
        self.exit(2, f"{USAGE_ERROR.format(reason=message, program=self.prog)}\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", USAGE, 1)

    def format_help(self) -> str:
        told = super().format_help()
        for english, dutch in HELP_WORDS.items():
            told = told.replace(english, dutch)
        return told


def _parser() -> argparse.ArgumentParser:
    parser = _DutchParser(prog="python -m bot", description=DESCRIPTION)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = {name: verbs.add_parser(name, help=text, description=text) for name, text in VERBS.items()}
    for name in ("demo", "chat"):
        made[name].add_argument("--as", dest="email", metavar="EMAIL", help=OPTIONS["as"])
    made["demo"].add_argument("--no-browser", action="store_true", help=OPTIONS["no_browser"])
    made["chat"].add_argument("--json", action="store_true", help=OPTIONS["json"])
    made["chat"].add_argument(
        "--in", dest="place", choices=list(CHAT_PLACES), default="persoonlijk", help=OPTIONS["place"]
    )
    made["chat"].add_argument("question", nargs="*", help=OPTIONS["question"])
    made["understand"].add_argument("text", nargs="?", help=OPTIONS["text"])
    made["understand"].add_argument("--now", type=datetime.fromisoformat, metavar="ISO", help=OPTIONS["now"])
    made["understand"].add_argument("--network", type=Path, metavar="FILE", help=OPTIONS["network"])
    made["understand"].add_argument("--batch", type=Path, metavar="FILE", help=OPTIONS["batch"])
    made["understand"].add_argument("--json", action="store_true", help=OPTIONS["json"])
    made["minutes"].add_argument("file", type=Path, metavar="FILE", help=OPTIONS["report"])
    made["minutes"].add_argument("--json", action="store_true", help=OPTIONS["report_json"])
    made["import"].add_argument("file", type=Path, metavar="FILE", help=OPTIONS["file"])
    made["import"].add_argument("--dry-run", action="store_true", help=OPTIONS["dry_run"])
    old = made["import-minutes"]
    old.add_argument("folder", type=Path, metavar="DIR", help=OPTIONS["folder"])
    old.add_argument("--audience", choices=["network", "participants"], help=OPTIONS["audience"])
    kinds = ["intervisie", "infomoment", "netwerkdag", "stuurgroep", "andere"]
    old.add_argument("--kind", choices=kinds, help=OPTIONS["kind"])
    old.add_argument("--dry-run", action="store_true", help=OPTIONS["dry_run"])
    made["package"].add_argument("--app-id", required=True, help=OPTIONS["app_id"])
    made["package"].add_argument("--domain", required=True, help=OPTIONS["domain"])
    made["package"].add_argument("--output", type=Path, default=Path("ambassadeursbot.zip"), help=OPTIONS["output"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
