"""Preparing a case step by step, in the personal chat only; what was told waits as a draft until it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dialogs.cards.cases import case_form, case_start, choose_card, said_card, step_card, summary_card
from dialogs.cards.payloads import LetBe
from dialogs.cards.point_payloads import CaseStep, SaveCase, SavePoint, StartCase, TellCase
from dialogs.conversations.agenda import entering, forms, places, proposing, which
from dialogs.conversations.gate import caught
from dialogs.language.agenda import match, proposed
from dialogs.language.answers import goes_back, goes_on, skips
from dialogs.language.understanding import Understanding
from dialogs.texts import cases as texts
from dialogs.texts import points as point_texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import LONGEST_EXPLANATION, Case, PointDetails, PointKind, may_arrange
from storage.domain.proposing import PARTS
from storage.domain.refusals import IdentifiesSomebody, NotYours, PointSettled, Refusal
from storage.services.house import House

PENDING = "case"
"""How a conversation remembers the step that it is at: "case:point.step", from 0; 4 is the summary."""

PENDING_TITLE = "casus"
"""How it remembers that the bot asked what a new case is called: "casus:meeting", 0 for the backlog."""

SUMMARY = len(PARTS)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A case that is being prepared: its point, and what was told so far by the names of its parts."""

    details: PointDetails
    parts: Mapping[str, str]
    step: int = 0

    @property
    def id(self) -> int:
        """The id of the point."""
        return self.details.point.id


# Beginning


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Begin to prepare a case, or go on: of the point that is meant, or of a new one."""
    mine = [one for one in await which.own_open(house, turn) if one.point.kind is PointKind.CASE]
    said = proposed(entering.whole(turn, asked), turn.now)
    if said.title:
        found = match(said.title, [one.point.title for one in mine])
        if found is not None:
            return await _begin(house, turn, mine[found].point.id)
        return await _new(house, turn, forms.as_form(said, await places.default(house, turn, case=True)))
    if len(mine) == 1:
        return await _begin(house, turn, mine[0].point.id)
    if mine:
        titles = [(one.point.id, one.point.title) for one in mine]
        return whisper(texts.which_case([title for _, title in titles]), choose_card(titles))
    if not turn.personal:
        return whisper(texts.IN_CHAT, said_card(texts.EXAMPLE))
    return await _ask_title(house, turn)


async def _ask_title(house: House, turn: Turn) -> Reply:
    meeting = await places.default(house, turn, case=True)
    pending = f"{PENDING_TITLE}:{meeting.id if meeting else 0}"
    asked = whisper(point_texts.ask_title(meeting, case=True), said_card("", LetBe(nonce=f"{turn.id}-leave")))
    return asked.remembering(replace(turn.memory, pending=pending))


async def title_typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What a new case is called; a no; or something else, while the question stays."""
    if entering.drops(asked):
        return _settled(turn, whisper(texts.NO_CASE))
    title = entering.title(turn, asked)
    if title is None:
        return None
    return await _new(house, turn, SavePoint(title=title[: texts.LONGEST_SAID], where="" if about == "0" else about))


async def _new(house: House, turn: Turn, form: SavePoint) -> Reply:
    """Propose a case, and begin to prepare it where nobody reads along."""
    kept, details = await proposing.enter(house, turn, form.model_copy(update={"kind": PointKind.CASE.value}))
    if details is None or not turn.personal:
        return kept if kept.memory else _settled(turn, kept)
    begun = await _begin(house, turn, details.point.id)
    memory = begun.memory or turn.memory
    told = whisper(point_texts.proposed(details, places.is_late(details, turn)))
    return told.followed_by(begun).remembering(replace(memory, meeting_id=details.point.meeting_id))


async def start(house: House, turn: Turn, pressed: StartCase) -> Reply:
    """The button "Casus voorbereiden"."""
    return await _begin(house, turn, pressed.point)


async def _begin(house: House, turn: Turn, point_id: int) -> Reply:
    """Go to the step where one was; in company only say where that goes on."""
    if not turn.personal:
        return whisper(texts.IN_CHAT, case_start(point_id))
    draft = await _draft(house, turn, point_id)
    if isinstance(draft, Reply):
        return draft
    advice = "" if draft.parts else texts.ADVICE
    return _at(turn, draft, draft.step, advice)


async def _draft(house: House, turn: Turn, point_id: int) -> "_Draft | Reply":
    """What was prepared so far; or why that is nobody's business here."""
    try:
        details = await house.points.details(point_id, turn.viewer)
    except Refusal as refusal:
        return _settled(turn, whisper(sentence(refusal)))
    if not (details.point.is_of(turn.viewer) or may_arrange(turn.viewer, details.meeting)):
        return whisper(sentence(NotYours()))
    if not details.point.state.open:
        return _settled(turn, whisper(sentence(PointSettled())))
    kept = await house.points.draft(_name(point_id), turn.viewer)
    if kept is None:
        told = {name: getattr(details.case, name) or "" for name in PARTS} if details.case else {}
        parts = {name: text for name, text in told.items() if text}
        return _Draft(details, parts, SUMMARY if parts else 0)
    step = kept.get("step", 0)
    parts = {name: str(kept[name]) for name in PARTS if kept.get(name)}
    return _Draft(details, parts, step if isinstance(step, int) and 0 <= step <= SUMMARY else 0)


def _name(point_id: int) -> str:
    return f"case:{point_id}"


# The steps


def _at(turn: Turn, draft: _Draft, step: int, before: str = "") -> Reply:
    """Ask for a part, with what there is of it; after the last one, show all of it."""
    if step >= SUMMARY:
        text, card = texts.summary(draft.details.point.title, draft.parts), summary_card(draft.id, turn.id)
    else:
        text = texts.step(step, SUMMARY, draft.parts.get(PARTS[step], ""))
        card = step_card(draft.id, step)
    text = "\n\n".join(part for part in (before, text) if part)
    return whisper(text, card).remembering(replace(turn.memory, pending=f"{PENDING}:{draft.id}.{step}"))


async def go(house: House, turn: Turn, pressed: CaseStep) -> Reply:
    """A button that skips a step, goes back, stops for now, or shows all parts on a form."""
    if not turn.personal:
        return whisper(texts.IN_CHAT, case_start(pressed.point))
    draft = await _draft(house, turn, pressed.point)
    if isinstance(draft, Reply):
        return draft
    match pressed.verb:
        case "stop":
            return _settled(turn, whisper(texts.STOPPED, case_start(draft.id, texts.BUTTON_ON)))
        case "form":
            return whisper(texts.ON_FORM, case_form(draft.id, draft.parts))
        case _:
            return await _to(house, turn, draft, pressed.step)


async def _to(house: House, turn: Turn, draft: _Draft, step: int, told: str = "", chosen: bool = False) -> Reply:
    """Go to a step, which is where one goes on later; `told` is what was said of the step before it."""
    parts = dict(draft.parts) | ({PARTS[step - 1]: told} if told else {})
    data: dict[str, Any] = {**parts, "step": step, "point_id": draft.id, "meeting_id": draft.details.point.meeting_id}
    await house.points.keep_draft(_name(draft.id), data, turn.viewer, turn.now, chosen=chosen)
    return _at(turn, replace(draft, parts=parts, step=step), step)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A part of the case; "sla over", "vorige" or "stop"; or something else, while the step stays."""
    point_id, step = _ids(about)
    if not point_id or not turn.personal:
        return None
    said = texts.command(asked.text)
    if said == "stop":
        return await go(house, turn, CaseStep(point=point_id, verb="stop"))
    moved = step - 1 if goes_back(asked.text) else step + 1 if skips(asked.text) else step
    if moved != step or goes_on(asked.text):
        return await go(house, turn, CaseStep(point=point_id, step=min(max(0, moved), SUMMARY)))
    if step >= SUMMARY:
        return await _after_summary(house, turn, point_id, said)
    told = entering.text(turn, asked, asks=PARTS[step] == "question")
    if told is None:
        return None
    return await _tell(house, turn, TellCase(point=point_id, step=step, text=told[: texts.LONGEST_SAID]))


async def _after_summary(house: House, turn: Turn, point_id: int, said: str) -> Reply | None:
    if said == "save":
        return await saved(house, turn, SaveCase(point=point_id))
    return await go(house, turn, CaseStep(point=point_id, verb="form")) if said == "adjust" else None


def _ids(about: str) -> tuple[int, int]:
    point, _, step = about.partition(".")
    return (int(point), int(step)) if point.isdecimal() and step.isdecimal() else (0, 0)


async def told(house: House, turn: Turn, pressed: TellCase) -> Reply:
    """A part in other words, after the gate asked for them."""
    return await _tell(house, turn, pressed)


async def _tell(house: House, turn: Turn, pressed: TellCase) -> Reply:
    draft = await _draft(house, turn, pressed.point)
    if isinstance(draft, Reply):
        return draft
    text = pressed.text.strip()
    if len(text) > LONGEST_EXPLANATION:
        return whisper(texts.TOO_LONG).remembering(replace(turn.memory, pending=f"{PENDING}:{draft.id}.{pressed.step}"))
    try:
        return await _to(house, turn, draft, pressed.step + 1, text, pressed.chosen)
    except IdentifiesSomebody as refusal:
        again = IdentifiesSomebody(refusal.text, refusal.found, "text", refusal.may_keep)
        return caught(turn, again, pressed, point_texts.BUTTON_KEEP_SO)
    except Refusal as refusal:
        return whisper(sentence(refusal))


# Keeping it


async def saved(house: House, turn: Turn, pressed: SaveCase) -> Reply:
    """Keep the case with its point: as it was prepared, or as it stands on the form."""
    draft = await _draft(house, turn, pressed.point)
    if isinstance(draft, Reply):
        return draft
    parts = {name: getattr(pressed, name).strip() for name in PARTS} if pressed.form else dict(draft.parts)
    if not any(parts.values()) and draft.details.case is None:
        return whisper(texts.NOTHING_TOLD)
    # What stood in the draft passed the gate before, as its author chose.
    before = [name for name in PARTS if parts.get(name) and parts[name] == draft.parts.get(name)]
    chosen = " ".join((pressed.chosen, *before))
    case = Case(**{name: parts.get(name, "") for name in PARTS})
    try:
        details = await house.points.tell_case(draft.id, case, turn.viewer, turn.now, chosen=chosen)
    except IdentifiesSomebody as refusal:
        redo = pressed.model_copy(update={"form": True, **parts})
        return caught(turn, refusal, redo, point_texts.BUTTON_KEEP_SO)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    await house.points.drop_draft(_name(draft.id), turn.viewer)
    return _settled(turn, whisper(texts.kept(details), case_start(draft.id, texts.BUTTON_ADJUST)))


def _settled(turn: Turn, reply: Reply) -> Reply:
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))
