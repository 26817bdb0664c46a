"""What agenda points keep of people: who brings one passes the gate as its words do, and a link is only a link."""

import pytest

from storage.domain.agenda import NewPoint, PointKind
from storage.domain.proposing import is_link
from storage.domain.refusals import IdentifiesSomebody
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.proposals import filled, here, propose, tarik

__all__ = ["filled", "here"]


@pytest.mark.parametrize("presenter", ["Yassine", "vader Karim", "Roos, 0470 12 34 56"])
async def test_who_brings_a_point_passes_the_gate(here: House, presenter: str) -> None:
    by = await tarik(here)
    with pytest.raises(IdentifiesSomebody) as refused:
        await here.points.propose(NewPoint("Ruzie", presenter=presenter), by, NOW)
    assert refused.value.field == "presenter"
    assert await here.points.mine(by, NOW) == ()


@pytest.mark.parametrize("kind", [PointKind.THEME, PointKind.CASE])
async def test_a_colleague_brings_any_point(here: House, kind: PointKind) -> None:
    made = await propose(here, await tarik(here), kind=kind, presenter="Roos Pauwels")
    assert made.point.presenter == "Roos Pauwels"


async def test_who_is_to_bring_it_later_passes_the_gate_too(here: House) -> None:
    by = await tarik(here)
    made = await propose(here, by)
    with pytest.raises(IdentifiesSomebody):
        await here.points.change(made.point.id, {"presenter": "Yassine Benali"}, by, NOW)
    kept = {"presenter": "Yassine Benali"}
    changed = await here.points.change(made.point.id, kept, by, NOW, chosen="presenter")
    assert changed.point.presenter == "Yassine Benali"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("https://vuurtoren.example/:w:/r/sites/a@b/Verslag%20(1).docx?d=w1&csf=1", True),
        ("https://teams.example/l/message/19:bijeenkomsten@thread.tacv2/1700000000000", True),
        ("HTTPS://VUURTOREN.EXAMPLE", True),
        ("https://teams.microsoft.com@kwaad.example/", False),
        ("https://jonas:geheim@vuurtoren.example/", False),
        ("https://\\kwaad.example", False),
        ("https://[::1", False),
        ("https://:80/", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (f"https://vuurtoren.example/{'a' * 2_000}", False),
    ],
)
def test_a_link_is_the_address_of_a_page(text: str, right: bool) -> None:
    assert is_link(text) is right
