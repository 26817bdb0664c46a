"""What goes out by itself before each kind of meeting: shown, and changed by a coordinator."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.cards.invite_payloads import DecideRule, DraftRule, SaveRules
from dialogs.cards.rules import EVERY_KIND, rules_form, sure_card
from dialogs.conversations import gate
from dialogs.language.answers import plainly
from dialogs.language.rules import asked_rule
from dialogs.language.understanding import Understanding
from dialogs.texts import rules as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.meetings import MeetingKind
from storage.domain.refusals import IdentifiesSomebody, NotSensible, Refusal, TooLong
from storage.services.house import House

PENDING = "rule"
"""How a conversation remembers that the bot asked whether to set a rule: its kind of meeting and its name."""

_FORM = (
    *("reminder_days", "nudge_days", "agenda_days", "agenda_draft_days", "case_days", "carry_most"),
    *("action_days", "action_last_days", "action_late_days", "summary_when", "approve_days"),
    *("invitation_text", "nudge_text", "reminder_text", "input_text"),
)


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show the rules of a kind of meeting or of all, or ask whether to set one as was said."""
    kind, wanted = asked.query.kind, asked_rule(turn.text or asked.text, asked.number)
    if wanted is None:
        return await _show(house, turn, kind)
    return await _draft(house, turn, kind, wanted.name, wanted.value)


async def redrafted(house: House, turn: Turn, payload: DraftRule) -> Reply:
    """Ask whether to set a rule in the words that its author chose after somebody was recognised in it."""
    try:
        return await _draft(house, turn, _kind(payload.kind), payload.name, payload.text, payload.chosen)
    except NotSensible as refusal:
        return whisper(_why(refusal))


async def _draft(
    house: House, turn: Turn, kind: MeetingKind | None, name: str, said: str, chosen: bool = False
) -> Reply:
    where = kind.value if kind else EVERY_KIND
    try:
        value = await house.invitations.draft_rule(kind, name, said, turn.viewer, chosen=chosen)
    except IdentifiesSomebody as refusal:
        found = IdentifiesSomebody(refusal.text, refusal.found, "text", refusal.may_keep)
        return gate.caught(turn, found, DraftRule(kind=where, name=name), gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(_why(refusal))
    asking = whisper(texts.sure(kind, name, value), sure_card(kind, name, turn.id))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{where}:{name}"))


async def _show(house: House, turn: Turn, kind: MeetingKind | None) -> Reply:
    """The rules; a coordinator in person can change those of one kind on a form."""
    found = await house.invitations.all_rules()
    shown = texts.rules({kind: found[kind]} if kind else found)
    if kind is None or not turn.viewer.is_coordinator:
        return say(shown)
    return whisper(shown, rules_form(kind, found[kind], turn.id))


async def pressed(house: House, turn: Turn, payload: DecideRule) -> Reply:
    """Yes or no to a rule that was drafted."""
    return await _decide(house, turn, payload.kind, payload.name, payload.yes)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the bot asked whether to set a rule."""
    kind, _, name = about.partition(":")
    yes = plainly(asked)
    return None if yes is None else await _decide(house, turn, kind, name, yes)


async def _decide(house: House, turn: Turn, kind: str, name: str, yes: bool) -> Reply:
    done = replace(turn.memory, pending="")
    try:
        chosen = _kind(kind)
        value = await house.invitations.agree_rule(chosen, name, turn.viewer, yes)
    except Refusal as refusal:
        return whisper(_why(refusal)).remembering(done)
    return whisper(texts.set_to(chosen, name, value) if yes else texts.LEFT).remembering(done)


async def saved(house: House, turn: Turn, payload: SaveRules) -> Reply:
    """The form with the rules of a kind of meeting."""
    given = payload.model_fields_set  # a form that was sent before there were more rules leaves those alone
    values: Mapping[str, str] = {name: getattr(payload, name).strip() for name in _FORM if name in given}
    try:
        kind = _kind(payload.kind)
        if kind is None:
            raise NotSensible
        await house.invitations.set_rules(kind, values, turn.viewer, chosen=payload.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(_why(refusal))
    return whisper(texts.saved(kind))


def _kind(kind: str) -> MeetingKind | None:
    """Raises NotSensible for what is no kind of meeting."""
    if kind == EVERY_KIND:
        return None
    if kind not in set(MeetingKind):
        raise NotSensible("kind")
    return MeetingKind(kind)


def _why(refusal: Refusal) -> str:
    match refusal:
        case NotSensible():
            return texts.not_sensible()
        case TooLong():
            return texts.too_long()
        case _:
            return sentence(refusal)
