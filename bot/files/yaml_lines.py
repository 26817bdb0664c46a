"""Reading YAML into plain values while remembering on which line each of them stands."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 20


class YamlProblem(Exception):
    """The text is not YAML that we read: `code` says why, `line` (from 1) where, `detail` what."""

    def __init__(self, code: str, line: int, detail: str = "") -> None:
        super().__init__(f"line {line}: {code} {detail}")
        self.code, self.line, self.detail = code, line, detail


@dataclass(slots=True)
class Lines:
    """A document's value, the line (from 1) of every path into it, and what is wrong but did not stop the reading."""

    value: Any = None
    by_path: dict[Path, int] = field(default_factory=dict)
    problems: list[YamlProblem] = field(default_factory=list)

    def at(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.by_path:
            path = path[:-1]
        return self.by_path.get(path, 1)


def read_yaml(text: str) -> Lines:
    """The one document in `text`.

    Raises YamlProblem for what is not YAML, uses aliases or is nested too deep. Of two equal keys in one mapping
    the first counts; the second is among the problems.
    """
    loader = yaml.CSafeLoader(text)
    lines = Lines()
    try:
        _refuse_bombs(text)
        node = loader.get_single_node()
        lines.value = _value(loader, node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem("syntax", mark.line + 1 if mark else 1, error.problem or "") from error
    except yaml.YAMLError as error:
        bad = getattr(error, "position", 0)  # in bytes: a control character that YAML forbids
        raise YamlProblem("syntax", text.encode()[:bad].count(b"\n") + 1, "control character") from error
    finally:
        loader.dispose()
    return lines


def _refuse_bombs(text: str) -> None:
    """Look at the file before anything is built of it.

    A few aliases can unfold into gigabytes, and the library follows deep nesting by recursion, in C, without a limit.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise YamlProblem("too_deep" if depth > MAX_DEPTH else "alias", line)


def _value(loader: yaml.CSafeLoader, node: yaml.Node, path: Path, lines: Lines) -> Any:
    line = node.start_mark.line + 1
    lines.by_path.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*path, index), lines) for index, item in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError:  # 2027-02-30 looks like a date but is none: the field it stands in says what it should be
        return str(node.value)


def _mapping(loader: yaml.CSafeLoader, node: yaml.MappingNode, path: Path, lines: Lines) -> dict[Hashable, Any]:
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
        line = key_node.start_mark.line + 1
        if key in found:
            lines.problems.append(YamlProblem("twice", line, key))
            continue
        lines.by_path[(*path, key)] = line
        found[key] = _value(loader, value_node, (*path, key), lines)
    return found
