"""What leaves counts on the lines of its own item: each in turn, what is more on the item's last."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from traceability.cartons import CartonState, CartonTree, KnownCarton, Level, Packed, Unit
from traceability.events import CartonShipped
from traceability.items import Item
from traceability.lots import Disposition, Lot, LotKey
from traceability.operators import Operator
from traceability.orders import ShipLine, ShipOrder
from traceability.refusals import Verdict
from traceability.workflows.inputs import Circumstances, Scanned, UnitAnswer
from traceability.workflows.seat import Seat, advance
from traceability.workflows.shipping import Shipping
from traceability.workflows.step import ScanRef

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
SSCC = "095200010000000017"
OIL, SALT = LotKey("OIL", "O1", "NWS"), LotKey("SALT", "S1", "NWS")


def test_a_carton_of_two_items_counts_on_the_lines_of_each() -> None:
    lines = (
        ShipLine("1", "FLOUR", Decimal(9)),
        ShipLine("2", "OIL", Decimal(3)),
        ShipLine("3", "SALT", Decimal(2)),
        ShipLine("4", "OIL", Decimal(5)),
    )
    contents = (Packed(OIL, Decimal(4), "kg", None, "Dock"), Packed(SALT, Decimal(2), "kg", None, "Dock"))
    carton = KnownCarton(SSCC, Level.CARTON, CartonState.CLOSED, contents)
    lots = {key: Lot(key, None, Disposition.AVAILABLE, Decimal(10)) for key in (OIL, SALT)}
    items = {key.item: Item(key.item, key.item.title(), "kg") for key in (OIL, SALT)}
    worker = Operator("1", "A. Worker")
    seat = Seat(worker, "ship", Shipping(order=ShipOrder("SO1", "C1", lines=lines)), "ship")
    now = Circumstances(AT, AT.date(), "event", "S1", "Dock", "SITE", worker, unit=UnitAnswer(CartonTree(carton), lots, items, {}))
    step = advance(seat, Scanned(Unit(SSCC), ScanRef("scan", "gun", AT, SSCC)), now)
    assert step.said.verdict is Verdict.ACCEPTED
    (shipment,) = (record.event for record in step.records if isinstance(record.event, CartonShipped))
    assert [(each.item, each.line, each.base_quantity) for each in shipment.contents] == [
        ("OIL", "2", 3),
        ("OIL", "4", 1),
        ("SALT", "3", 2),
    ]
    work = step.state.work
    assert isinstance(work, Shipping)
    assert [each.shipped for each in work.order.lines] == [0, 3, 2, 1]
