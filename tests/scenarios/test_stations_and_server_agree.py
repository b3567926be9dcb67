"""Two stations in anybody's hands, one server, a network that comes and goes: in the end all three have the same figures."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from config.plant import Plant
from server import feed
from server.enrolment import caller_of, enrol
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.client import SyncReport, SyncSession
from sync.protocol import RecordIn
from tests.kiosk import any_shift
from tests.kiosk.any_shift import ANSWERS, CODES, EVERYTHING, GOODS, LINE, PAPERS, QUALITY, RACK, SUPERVISOR, WORKER
from tests.kiosk.floor import NOON, STATION, WORK_ORDER, Floor, bag, new_database
from tests.kiosk.ledger import Line, on_hand, on_orders
from tests.simulators.direct_wire import Wire
from traceability.workflows.modes import MODES
from traceability.workflows.seat import Seat

OTHER_STATION: Final = "LINE-1"
PLANT: Final[dict[str, Any]] = EVERYTHING | {
    "stations": [{"station": STATION, "place": "Dock 1"}, {"station": OTHER_STATION, "place": "Line 1"}],
}
_STEPS: Final = 220


@dataclass
class Worker:
    """Somebody at one station who does anything at all."""

    floor: Floor
    session: SyncSession
    wire: Wire
    chance: random.Random
    done: list[str] = field(default_factory=list)

    def meet(self) -> SyncReport:
        report = self.session.sync_once(self.floor.clock.now)
        self.floor.wired.store.reference.note_meeting(self.floor.clock.now(), online=report.online, complete=report.complete)
        return report

    def do(self) -> None:
        weights = {
            self.scan: 3,
            self.goods: 5,
            self.label: 6,
            self.begin: 3,
            self.press: 8,
            self.answer: 5,
            self.quantity: 2,
            self.undo: 2,
            self.restart: 0.3,
            self.whole_carton: 3,
            self.pallet: 2,
            self.lot_made: 2,
            self.ship_something: 3,
            self.move_something: 3,
            self.decide_quality: 1,
        }
        deed = self.chance.choices(list(weights), list(weights.values()))[0]
        self.done.append(deed.__name__)
        deed()
        self.settle()

    def settle(self) -> None:
        if isinstance(self.floor.wired.station.seat, Seat) and self.floor.wired.station.seat.operator is None:
            self.floor.scan(self.chance.choice((WORKER, SUPERVISOR, QUALITY)))

    def scan(self) -> None:
        self.floor.scan(self.chance.choice(CODES))

    def goods(self) -> None:
        self.floor.scan(self.chance.choice(GOODS))
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            self.floor.press("confirm")

    def label(self) -> None:
        if printed := any_shift.codes_printed(self.floor):
            code = self.chance.choice(printed)
            self.floor.scan(f"]C100{code}" if len(code) == 18 else code)

    def begin(self) -> None:
        mode = self.chance.choice(MODES)
        self.go_to(mode, *PAPERS.get(mode, ()))

    def press(self) -> None:
        if offered := any_shift.touches(self.floor):
            self.floor.press(self.chance.choice(offered))

    def answer(self) -> None:
        self.floor.press(self.chance.choice(ANSWERS))

    def quantity(self) -> None:
        self.floor.clock.advance(2)
        self.floor.wired.station.give_quantity(self.chance.choice(("1", "5", "25", "0.5")), None)

    def undo(self) -> None:
        self.floor.press("undo")

    def restart(self) -> None:
        self.floor.restart()
        store = self.floor.wired.store
        self.session = session_of(self.floor, self.wire)
        assert store.outbox is self.session.outbox

    def go_to(self, mode: str, *papers: str) -> None:
        """Leave whatever is asked and go to a kind of work."""
        self.floor.press("acknowledge", "cancel", "cancel", "acknowledge", f"mode:{mode}")
        for paper in papers:
            self.floor.scan(paper)

    def whole_carton(self) -> None:
        self.go_to("pack")
        self.floor.press("new_carton")
        for code in self.chance.sample((bag("S-1"), bag("S-2"), "T-1"), 2):
            self.floor.scan(code)
            self.floor.press("key:5", "set", "confirm", "confirm")
        self.floor.press(*self.chance.choice((("close",), ("close",), ("close", "undo"), ("undo",), ())))

    def pallet(self) -> None:
        self.go_to("pack")
        self.floor.press("new_pallet")
        for unit in self.chance.sample(self.units(), min(2, len(self.units()))):
            self.floor.scan(f"]C100{unit}")
        self.floor.press(*self.chance.choice((("close",), ("close", "undo"), ("undo",), ("undo", "undo"), ())))

    def units(self) -> list[str]:
        """Units of both stations, as far as this one knows them."""
        mine = [each["data"]["sscc"] for each in self.floor.events("carton_closed")]
        with self.floor.wired.store.database.reading() as connection:
            told = connection.exec_driver_sql("SELECT key FROM records WHERE kind = 'carton'").scalars().all()
        return sorted({*mine, *told})

    def lot_made(self) -> None:
        self.go_to("consume", WORK_ORDER)
        self.floor.scan(self.chance.choice((bag("S-1"), bag("S-2"))))
        self.floor.press("confirm", "confirm")
        self.go_to("produce", WORK_ORDER)
        self.floor.press("key:5", "set", "confirm", "key:5", "set", "confirm")

    def ship_something(self) -> None:
        if units := self.units():
            self.go_to("ship", self.chance.choice(("SO-1", "SO-2")))
            self.floor.scan(f"]C100{self.chance.choice(units)}")
            self.floor.press("confirm", "confirm")

    def move_something(self) -> None:
        self.go_to(
            self.chance.choice(("move", "scrap", "sample", "adjust", "split", "return", "pick")), self.chance.choice((RACK, "Dock 1", LINE))
        )
        self.floor.scan(self.chance.choice((bag("S-1"), bag("S-2"), "T-1", *any_shift.codes_printed(self.floor))))
        self.floor.press("key:5", "set", "confirm")
        for _ in range(3):
            self.press()

    def decide_quality(self) -> None:
        self.go_to("quality")
        self.floor.press("sign_out")
        self.floor.scan(QUALITY)
        self.go_to("quality")
        self.floor.scan(self.chance.choice((bag("S-1"), bag("S-2"), bag("NEW-1"), "T-1")))
        for _ in range(3):
            self.press()


def session_of(floor: Floor, wire: Wire) -> SyncSession:
    store = floor.wired.store
    return SyncSession(floor.station, wire, store.outbox, store.reference, numbers=store.numbers)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "server").mkdir()
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        records = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in Plant.model_validate(PLANT).records()]
        feed.store(Books(connection), records)
    yield database
    database.close()


def at_work(folder: Path, name: str, server: Database, chance: random.Random) -> Worker:
    floor = Floor(new_database(folder / name, **PLANT), station=name, has_server=True)
    with server.writing() as connection:
        caller = caller_of(connection, enrol(connection, name, NOON))
    assert caller is not None
    wire = Wire(server, caller, floor.clock.now, chance, cut=0)
    worker = Worker(floor, session_of(floor, wire), wire, chance)
    assert worker.meet().complete
    wire.cut = 0.2
    return worker


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 10])
def test_in_the_end_all_have_the_same_figures(tmp_path: Path, server: Database, seed: int) -> None:
    chance = random.Random(seed)
    workers = [at_work(tmp_path, name, server, chance) for name in (STATION, OTHER_STATION)]
    for _ in range(_STEPS):
        worker = chance.choice(workers)
        worker.do()
        if chance.random() < 0.1:
            worker.meet()
    for worker in workers:
        worker.wire.cut = 0
        worker.floor.check()
    for _ in range(2):
        for worker in workers:
            assert worker.meet().complete
    here = everything_on(server)
    for worker in workers:
        floor = worker.floor
        assert stock_of(floor) == here["stock"]
        assert standings_of(floor) == here["standings"]
        assert taints_of(floor) == here["taints"]
        assert cartons_of(floor) == here["cartons"]
    assert parked(server) == []
    live = [each for worker in workers for each in any_shift.live_events(worker.floor)]
    undone_elsewhere: dict[tuple[str, str, str, str], Decimal] = on_hand(any_shift.opening(), live)
    assert here["stock"] == undone_elsewhere
    done = on_orders(live)
    assert here["orders"] == done
    for worker in workers:
        assert orders_of(worker.floor) == done
    for worker in workers:
        before = stock_of(worker.floor), taints_of(worker.floor)
        any_shift.rebuild(worker.floor.wired.store.database)
        assert (stock_of(worker.floor), taints_of(worker.floor), orders_of(worker.floor)) == (*before, done)
        worker.floor.close()


def everything_on(server: Database) -> dict[str, Any]:
    with server.reading() as connection:
        named = {row.id: (row.item, row.code, row.assigned_by) for row in connection.exec_driver_sql("SELECT * FROM lots")}
        raw = connection.exec_driver_sql("SELECT lot_id, place, quantity FROM stock").all()
        stands = {named[row.id]: row.disposition for row in connection.exec_driver_sql("SELECT * FROM lots")}
        flagged = {named[row.lot_id] for row in connection.exec_driver_sql("SELECT lot_id FROM taints")}
        cartons = {row.sscc: (row.state, row.parent) for row in connection.exec_driver_sql("SELECT * FROM cartons")}
        bodies = connection.exec_driver_sql("SELECT body FROM records WHERE kind = 'order_progress' AND body IS NOT NULL").scalars().all()
    books = {(*named[row.lot_id], row.place): scaled(row.quantity) for row in raw}
    stock = {key: amount for key, amount in books.items() if amount}
    return {"stock": stock, "standings": stands, "taints": flagged, "cartons": cartons, "orders": orders_told(map(json.loads, bodies))}


def orders_told(bodies: Iterable[dict[str, Any]]) -> dict[Line, Decimal]:
    """What all journals did on orders, as the feed has it."""
    sums: dict[Line, Decimal] = defaultdict(Decimal)
    for body in bodies:
        for doings in body["journals"].values():
            for doing, lines in doings.items():
                for line, amount in lines.items():
                    sums[body["order_kind"], body["order"], doing, line] += Decimal(amount)
    return {line: amount for line, amount in sums.items() if amount}


def orders_of(floor: Floor) -> dict[Line, Decimal]:
    """How far the plant's orders are as this station's worker is told."""
    book, found = floor.wired.store.book, dict[Line, Decimal]()
    for body in PLANT["purchase_orders"]:
        bought = book.purchase_order(body["order"])
        assert bought is not None
        found |= {("purchase_order", body["order"], "received", each.line): each.received for each in bought.lines}
    for body in PLANT["work_orders"]:
        made = book.work_order(body["order"])
        assert made is not None
        found |= {("work_order", body["order"], "used", each.item): each.used for each in made.components}
        found["work_order", body["order"], "made", ""] = made.made
        found |= {("work_order", body["order"], "picked", line): sum_ for line, sum_ in book.picked("work_order", body["order"]).items()}
    for body in PLANT["ship_orders"]:
        sold = book.ship_order(body["order"])
        assert sold is not None
        found |= {("ship_order", body["order"], "shipped", each.line): each.shipped for each in sold.lines}
        found |= {("ship_order", body["order"], "picked", line): sum_ for line, sum_ in book.picked("ship_order", body["order"]).items()}
    return {line: amount for line, amount in found.items() if amount}


def scaled(stored: Any) -> Decimal:
    return Decimal(stored)


def stock_of(floor: Floor) -> dict[tuple[str, str, str, str], Decimal]:
    return any_shift.stock(floor)


def standings_of(floor: Floor) -> dict[tuple[str, str, str], str]:
    with floor.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT item, code, assigned_by, disposition FROM lots WHERE known = 1").all()
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def taints_of(floor: Floor) -> set[tuple[str, str, str]]:
    with floor.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT item, code, assigned_by FROM lots JOIN taints ON taints.lot = lots.id").all()
    return {(row[0], row[1], row[2]) for row in rows}


def cartons_of(floor: Floor) -> dict[str, tuple[str, str | None]]:
    with floor.wired.store.database.reading() as connection:
        told = connection.exec_driver_sql("SELECT key FROM records WHERE kind = 'carton'").scalars().all()
    found = {sscc: floor.wired.store.book.carton(sscc) for sscc in told}
    return {sscc: (tree.unit.state.value, tree.unit.parent) for sscc, tree in found.items() if tree is not None}


def parked(server: Database) -> list[Any]:
    with server.reading() as connection:
        return list(connection.exec_driver_sql("SELECT kind, words FROM envelopes WHERE answer = 'parked'").all())
