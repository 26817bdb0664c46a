"""Questions about people and organisations."""

from collections.abc import Sequence

from dialogs.cards.general import people_card
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import people as texts
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.dialogs import Memory
from storage.domain.people import OrganisationStatus, Person, contacts_of
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
            text = texts.organisations(found, await house.people.ambassadors(), turn.viewer)
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
    if organisation.status is OrganisationStatus.STOPPED:
        return say(texts.stopped(organisation))
    contacts = contacts_of(people)
    memory = Memory(organisation_id=organisation.id, person_id=contacts[0].id if len(contacts) == 1 else None)
    text = texts.contacts(organisation, contacts, turn.personal)
    if not turn.may_tell(organisation):
        return whisper(text)  # and nothing stays behind here, where others could ask on
    return say(text).remembering(memory)


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
        reply = say(text)
    if person.organisation is not None and not turn.may_tell(person.organisation):
        return Reply(private=reply.private or reply.message)  # and nothing stays behind here
    return reply.remembering(_memory(turn, person))


async def _meant(house: House, turn: Turn, asked: Understanding) -> Sequence[Person]:
    if asked.people:
        known = await house.people.known(asked.people)
        return [one for one in known if turn.viewer.may_meet(one)]
    if asked.organisations:
        found = await house.people.of_organisation(asked.organisations[0], turn.viewer)
        return contacts_of(found[1]) if found else ()
    if turn.memory.person_id is not None and asked.leans_back:
        remembered = await house.people.known([turn.memory.person_id])
        return [one for one in remembered if turn.viewer.may_meet(one)]
    return ()


def _memory(turn: Turn, person: Person) -> Memory:
    return Memory(person_id=person.id, meeting_id=turn.memory.meeting_id)
