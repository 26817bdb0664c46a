"""The command line: `python -m bot VERB`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands import chat, check, demo, import_file, package, serve
from dialogs.texts.commands import DESCRIPTION, OPTIONS, VERBS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; its exit status."""
    options = _parser().parse_args(arguments)
    match options.verb:
        case "serve":
            return serve.run()
        case "demo":
            return demo.run(options.email, not options.no_browser)
        case "chat":
            question = " ".join(options.question) or None
            return chat.run(chat.ChatOptions(options.email, question, options.json, options.place))
        case "import":
            return import_file.run(options.file, options.dry_run)
        case "check":
            return check.run()
        case _:
            return package.run(options.app_id, options.domain, options.output)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=DESCRIPTION)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = {name: verbs.add_parser(name, help=text, description=text) for name, text in VERBS.items()}
    for name in ("demo", "chat"):
        made[name].add_argument("--as", dest="email", metavar="EMAIL", help=OPTIONS["as"])
    made["demo"].add_argument("--no-browser", action="store_true", help=OPTIONS["no_browser"])
    made["chat"].add_argument("--json", action="store_true", help=OPTIONS["json"])
    made["chat"].add_argument(
        "--in", dest="place", choices=list(chat.PLACES), default="persoonlijk", help=OPTIONS["place"]
    )
    made["chat"].add_argument("question", nargs="*", help=OPTIONS["question"])
    made["import"].add_argument("file", type=Path, metavar="FILE", help=OPTIONS["file"])
    made["import"].add_argument("--dry-run", action="store_true", help=OPTIONS["dry_run"])
    made["package"].add_argument("--app-id", required=True, help=OPTIONS["app_id"])
    made["package"].add_argument("--domain", required=True, help=OPTIONS["domain"])
    made["package"].add_argument("--output", type=Path, default=Path("ambassadeursbot.zip"), help=OPTIONS["output"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
