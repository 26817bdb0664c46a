"""Questions about people and organisations."""

from collections.abc import Sequence

from dialogs.cards.general import people_card
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import people as texts
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.dialogs import Memory
from storage.domain.people import Person, contacts_of
from storage.services.house import House

INTENTS = frozenset(
    {
        Intent.PEOPLE_CONTACT,
        Intent.PEOPLE_ORGANISATION,
        Intent.PEOPLE_EMAIL,
        Intent.PEOPLE_COORDINATOR,
        Intent.PEOPLE_ORGANISATIONS,
    }
)


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Answer a question about people or organisations."""
    match asked.intent:
        case Intent.PEOPLE_COORDINATOR:
            return await _coordinator(house, turn)
        case Intent.PEOPLE_ORGANISATIONS:
            found = await house.people.organisations(turn.viewer)
            text = texts.organisations(found, turn.viewer)
            # The coordinator's round names organisations that others may not know of yet.
            return whisper(text) if turn.viewer.is_coordinator else say(text)
        case Intent.PEOPLE_CONTACT:
            return await _contact(house, turn, asked)
        case _:
            return await _person(house, turn, asked)


async def _coordinator(house: House, turn: Turn) -> Reply:
    found = await house.people.coordinators()
    reply = say(texts.coordinators(found, turn.personal))
    return reply.remembering(_memory(turn, found[0])) if len(found) == 1 else reply


async def _contact(house: House, turn: Turn, asked: Understanding) -> Reply:
    remembered = turn.memory.organisation_id if asked.leans_back else None
    organisation_id = next(iter(asked.organisations), remembered)
    if organisation_id is None:
        return say(texts.WHICH_ORGANISATION if asked.leans_back else texts.NO_SUCH_ORGANISATION)
    found = await house.people.of_organisation(organisation_id, turn.viewer)
    if found is None:
        return say(texts.NO_SUCH_ORGANISATION)
    organisation, people = found
    contacts = contacts_of(people)
    memory = Memory(organisation_id=organisation.id, person_id=contacts[0].id if len(contacts) == 1 else None)
    text = texts.contacts(organisation, contacts, turn.personal)
    reply = whisper(text) if organisation.status.confidential else say(text)
    return reply.remembering(memory)


async def _person(house: House, turn: Turn, asked: Understanding) -> Reply:
    people = await _meant(house, turn, asked)
    if not people:
        return say(texts.WHOM if asked.leans_back else texts.NO_SUCH_PERSON)
    if len(people) > 1:
        return say(texts.which(people, turn.may_tell), people_card(people, asked.intent, turn.may_tell))
    return tell(turn, people[0], asked.intent)


def tell(turn: Turn, person: Person, intent: Intent) -> Reply:
    """Tell what was asked of this one person; a mail address is told in person."""
    if intent is Intent.PEOPLE_EMAIL:
        reply = whisper(texts.email(person))
    else:
        text = texts.organisation_of(person, turn.viewer)
        hidden = person.organisation is not None and person.organisation.status.confidential
        reply = whisper(text) if hidden and turn.viewer.is_coordinator else say(text)
    return reply.remembering(_memory(turn, person))


async def _meant(house: House, turn: Turn, asked: Understanding) -> Sequence[Person]:
    if asked.people:
        return await house.people.known(asked.people)
    if asked.organisations:
        found = await house.people.of_organisation(asked.organisations[0], turn.viewer)
        return contacts_of(found[1]) if found else ()
    if turn.memory.person_id is not None and asked.leans_back:
        return await house.people.known([turn.memory.person_id])
    return ()


def _memory(turn: Turn, person: Person) -> Memory:
    return Memory(person_id=person.id, meeting_id=turn.memory.meeting_id)
