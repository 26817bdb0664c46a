"""How much processor the check on what identifies a person takes: per 1,000 words, and on the worst long input."""

import re
import time
from pathlib import Path

import yaml

from storage.domain.identifying import findings

SENTENCES = Path(__file__).parents[1] / "sentences"
MARK = re.compile(r"\{([^|{}]+)\|\w+\}")
WORDS = 6_000
LONG = 100_000
ROUNDS = 3
UGLY = (
    *("yassine ", "zemra, ", "Yassine el amrani ", "Jan De ", "XQ ", "van de ", "Kerk ", "straat", "straat ", "sint-"),
    *("sint ", "basisschool De ", "zit op ", "De De ", "woont in ", "ring ", "1", "1 ", "1.", "1.1.1.", "12 ", "1, "),
    *(
        "0478 12 34 56 ",
        "1\u00a0",
        "(12",
        "12 en ",
        "\uff10",
        "BE68 5390 ",
        "9000 Gent ",
        "9000 ",
        "12 jaar ",
        "is 12 ",
    ),
    *(
        "geb op ",
        "geb 3/5 ",
        "mei 2014 ",
        "vijftien ",
        "\u00b0",
        ".",
        ",",
        " ",
        "\n",
        "a.",
        "a.a.a.",
        "A.A.",
        "A. ",
        "a ",
    ),
    *("M ", "a@", "@", "at ", "a'", "a-", "\U0001f642", "\u0301", "a\u0301", "a\u200b", "\u200b", "\u0645\u062d "),
)


def words() -> str:
    """Some 6,000 words of the test sentences: denser with findings than any real text."""
    lines: list[str] = []
    for path in sorted(SENTENCES.glob("identifying*.yaml")):
        read = yaml.safe_load(path.read_text("utf-8"))
        lines += [MARK.sub(r"\1", line) for line in read["marked"]] + read["harmless"]
    said = ". ".join(lines).split(" ")
    return " ".join((said * (WORDS // len(said) + 1))[:WORDS])


def seconds(text: str) -> float:
    """The processor seconds that one check takes."""
    start = time.process_time()
    findings(text)
    return time.process_time() - start


def main() -> None:
    """Print the two figures."""
    text = words()
    seconds(text)
    best = min(seconds(text) for _ in range(ROUNDS))
    print(f"identifying: {best / WORDS * 1e6:.1f} ms of processor per 1,000 words (bar 20)")
    slow = {piece: seconds((piece * LONG)[:LONG]) for piece in UGLY}
    worst = max(slow, key=lambda piece: slow[piece])
    print(f"identifying: {LONG:,} characters take at most {slow[worst]:.2f} s, of {worst!a} (bar 1)")


if __name__ == "__main__":
    main()
