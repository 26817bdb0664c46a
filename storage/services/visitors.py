"""Who is writing: recognised by Entra id, the first time by the mail address in the Teams roster."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from storage.domain.dialogs import FOCUS_LASTS, Memory
from storage.domain.network import Network
from storage.domain.people import Account, Person
from storage.domain.refusals import AddressTaken, AlreadyKnown, UnknownOrganisation
from storage.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known when a turn begins."""

    network: Network
    person: Person | None
    memory: Memory


class Visitors:
    """Recognises those who write to the bot."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def visit(self, entra_id: str | None, conversation_id: str) -> Visit:
        """The network, who this is, and what was last talked about here."""
        network, person, memory, _ = await self._units.read(lambda unit: unit.memories.visit(entra_id, conversation_id))
        return Visit(network, person, memory)

    async def remember(self, conversation_id: str, memory: Memory, now: datetime) -> None:
        """Keep what was talked about here."""
        await self._units.write(lambda unit: unit.memories.keep(conversation_id, memory, now))

    async def forget_old(self, now: datetime) -> None:
        """Forget conversations that were too long ago to be meant."""
        await self._units.write(lambda unit: unit.memories.forget_before(now - FOCUS_LASTS))

    async def recognise(self, account: Account) -> Person | None:
        """The person with one of the account's mail addresses, from now on known by their Entra id.

        None when nobody has such an address, or when that person already has another Entra id: an address that
        was given to somebody else must not open the first one's door.
        """
        return await self._units.write(lambda unit: _recognise(unit, account))

    async def ask_once(self, account: Account, now: datetime) -> bool:
        """True when this unknown account may introduce itself and has not been asked for its organisation before."""
        return await self._units.write(
            lambda unit: _may_introduce(unit, account) and unit.people.ask_once(account.entra_id, now)
        )

    async def forget_account(self, entra_id: str) -> None:
        """Nobody has this Entra id: it was made up for a rehearsal."""
        await self._units.write(lambda unit: unit.people.forget_account(entra_id))

    async def may_introduce(self, account: Account) -> bool:
        """Whether this account has a mail address that nobody else in the network has."""
        return await self._units.read(lambda unit: _may_introduce(unit, account))

    async def forget_asking(self, entra_id: str) -> None:
        """The question did not reach them: it may be asked again."""
        await self._units.write(lambda unit: unit.people.forget_asking(entra_id))

    async def introduce(self, account: Account, organisation_id: int | None) -> Person:
        """Add somebody of the team who told their organisation; None where it is not in the list.

        Raises AlreadyKnown, AddressTaken, or UnknownOrganisation for one that they may not know.
        """
        return await self._units.write(lambda unit: _introduce(unit, account, organisation_id))


def _recognise(unit: UnitOfWork, account: Account) -> Person | None:
    found: Sequence[Person] = unit.people.by_emails(account.emails)
    if len(found) != 1 or found[0].entra_id not in {None, account.entra_id}:
        return None
    if found[0].entra_id is None:
        unit.people.set_entra_id(found[0].id, account.entra_id)
    return replace(found[0], entra_id=account.entra_id)


def _may_introduce(unit: UnitOfWork, account: Account) -> bool:
    return bool(account.emails) and not unit.people.by_emails(account.emails)


def _introduce(unit: UnitOfWork, account: Account, organisation_id: int | None) -> Person:
    if unit.people.by_entra_id(account.entra_id):
        raise AlreadyKnown
    if not _may_introduce(unit, account):
        # Told twice at once, the address may be theirs since the first look.
        raise AlreadyKnown if unit.people.by_entra_id(account.entra_id) else AddressTaken
    if organisation_id is not None:
        organisation = unit.people.organisation(organisation_id)
        if organisation is None or not organisation.status.active:
            raise UnknownOrganisation
    try:
        person_id = unit.people.add(account.name, account.emails[0], account.entra_id, organisation_id)
    except IntegrityError as error:  # they told twice at once
        raise AlreadyKnown from error
    unit.network.raise_revision()
    return unit.people.by_ids([person_id])[0]
