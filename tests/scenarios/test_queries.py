"""What a whole turn asks of the database: at most five queries a question, found or not."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import event

from bot.commands.demo_data import demo_network
from bot.files.network import Known, read_network
from dialogs.router import route
from dialogs.turn import Turn
from storage.database import SqliteDatabase, open_database
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.services.house import House
from tests.conftest import NOW

MOST = 5

QUESTIONS = [
    "Wanneer is de volgende intervisie?",
    "waar is de netwerkdag?",
    "wat staat er op de agenda?",
    "wie komt er naar de netwerkdag?",
    "wie is verontschuldigd voor de intervisie?",
    "zijn er nog plaatsen voor de netwerkdag?",
    "welke sessies zijn er op de netwerkdag?",
    "ben ik ingeschreven voor de netwerkdag?",
    "waarvoor ben ik ingeschreven?",
    "welke bijeenkomsten komen eraan?",
    "wanneer is de intervisie van 25 december?",
    "wie komt er naar de intervisie van 15 oktober?",
    "wanneer is de intervisie in augustus?",
    "is er iets op 3 januari 2029?",
    "wanneer was de vorige intervisie?",
    "wie is de coördinator?",
    "welke organisaties zijn er?",
    "wie is de contactpersoon van Het Anker?",
    "wat is het mailadres van Samira?",
    "hoe word ik onderwijsambassadeur?",
    "wat is de hoofdstad van Frankrijk?",
]


class Counted:
    """A house whose statements are counted."""

    def __init__(self, house: House, database: SqliteDatabase) -> None:
        self.house = house
        self.statements: list[str] = []
        event.listen(database.engine, "before_cursor_execute", self._count)

    def _count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            self.statements.append(statement)

    async def ask(self, text: str) -> str:
        """Ask as Jonas in a personal chat; what is said."""
        visit = await self.house.visitors.visit(JONAS, "chat")
        place = Place("chat", PlaceKind.PERSONAL, "http://127.0.0.1/")
        viewer = Viewer(visit.person, member=True)
        turn = Turn(text, NOW, place, "chat", viewer, visit.network, visit.memory.fresh(NOW))
        reply = await route(self.house, turn)
        return reply.message.text if reply.message else ""


JONAS = "0a1b2c3d-0000-4000-8000-00000000000f"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def counted(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Counted]:
    """The demo's network, with Jonas known."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    assert isinstance(database, SqliteDatabase)
    house = House(database)
    await house.migrate()
    text = demo_network(NOW).replace("organisation: De Vuurtoren, role: ambassador", f"entra_id: {JONAS}, \\g", 1)
    text = text.replace("\\g", "organisation: De Vuurtoren, role: ambassador")
    await house.imports.apply(read_network(text, Known()).records, NOW)
    counted = Counted(house, database)
    await counted.ask("hallo")
    yield counted
    await house.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_costs_at_most_five_queries(counted: Counted, question: str) -> None:
    counted.statements.clear()
    assert await counted.ask(question)
    assert 0 < len(counted.statements) <= MOST, counted.statements
