"""The data of every button and form that there is, filled in at random: ids of others, odd texts, wrong numbers."""

import random
import types
from typing import Annotated, Any, Literal, get_args, get_origin

from dialogs.cards.payload import Payload
from dialogs.cards.payloads import AnyPayload
from tests.fuzz.texts import any_text, any_value

KINDS: tuple[type[Payload], ...] = get_args(AnyPayload)
TYPED = ("", "0", "1", "2", "20", "-1", "9999999999", "ja", "https://voorbeeld.example/x", "javascript:alert(1)")
HIGHEST = 60
"""Ids up to this are tried: most of them are there."""


def pressed(chance: random.Random) -> dict[str, Any]:
    """What Teams could send when somebody presses a button of ours, or says that they do."""
    kind = chance.choice(KINDS)
    data = {name: _value(chance, field.annotation) for name, field in kind.model_fields.items()}
    data |= {"nonce": f"{chance.random()}"} if "nonce" in data else {}
    data |= {"month": chance.choice(("", "", "2027-09-01", "2099-19-01"))} if "month" in data else {}
    if kind.model_config.get("extra") == "allow":
        data |= {f"p{chance.randint(1, HIGHEST)}": chance.choice(("true", "false", "attended", "", "?")) for _ in "ab"}
    for name in list(data):
        if name != "action" and chance.random() < 0.1:
            data[name] = any_value(chance)
    return data


def _value(chance: random.Random, kind: Any) -> Any:
    """Something of this type, mostly sensible."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return chance.choice(arguments)
    if origin in {tuple, list}:
        return [_value(chance, arguments[0]) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
    if origin is Annotated:
        return _value(chance, arguments[0])
    if origin is types.UnionType:
        return _value(chance, chance.choice(arguments))
    if kind is bool:
        return chance.random() < 0.5
    if kind is int:
        return chance.randint(0, HIGHEST)
    if kind is str:
        return chance.choice(TYPED) if chance.random() < 0.5 else any_text(chance)[:6_500]
    return None if kind in {None, types.NoneType} else any_value(chance)
