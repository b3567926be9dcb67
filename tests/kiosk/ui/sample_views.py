"""The views of the design pictures, and one of every other screen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.views import (
    Button,
    Chip,
    ChipTone,
    DocumentHeader,
    Keypad,
    LabelPart,
    Look,
    Mark,
    QuantityTile,
    ReadyHero,
    ReceiveView,
    ScanList,
    ScanRow,
    Tally,
    Tone,
    TopBar,
    VerdictHero,
)

CHIPS = (
    Chip("barcode_reader", "Scanner", action="scanner"),
    Chip("print", "Printer", action="printer"),
    Chip("cloud_done", "Online", action="queue"),
)
OFFLINE = (*CHIPS[:2], Chip("cloud_off", "Offline · 14 to send", ChipTone.WARN, "queue"))
TOP = TopBar("move_to_inbox", "Receiving", "Dock 3", "10:42", CHIPS, "M. Alvarez", "user")
DOCUMENT = DocumentHeader("PO 4500012345", "Northwind Starch Co.  ·  due today", "3 of 5 lines done", "12 lots", (1, 1, 1, 0.25, 0))
READY = ReadyHero(
    "Scan a lot",
    "Corn starch USP",
    "Item RM-2041  ·  line 4 of 5",
    "50 of 200 kg received",
    "150 kg to go",
    0.25,
    hint="Label damaged? Press “Type lot”",
)
OK = VerdictHero(
    Tone.OK,
    "ACCEPTED",
    1,
    quantity="25 kg",
    lot="NWS-240817-C",
    detail="Corn starch USP  ·  expires 30 Nov 2027",
    next_step="Scan the next lot",
    tally="75 of 200 kg",
)
BAD = VerdictHero(
    Tone.BAD,
    "REJECTED",
    2,
    "This lot expired on 31 Mar 2026",
    lot="NWS-230311-A",
    detail="Corn starch USP",
    next_step="Put it on the HOLD pallet and tell QC",
    next_icon="front_hand",
)
GERMAN = replace(
    BAD,
    word="ABGELEHNT",
    reason="Diese Charge ist am 31.03.2026 abgelaufen",
    detail="Maisstärke USP",
    next_step="Auf die Sperrpalette stellen, QS rufen",
)
CHECK = VerdictHero(
    Tone.CHECK,
    "CHECK",
    3,
    "No quantity on this label",
    lot="NWS-240818-A",
    detail="Corn starch USP",
    next_step="Type the quantity and press Set",
    next_icon="dialpad",
)
HOLD = VerdictHero(
    Tone.HOLD,
    "HOLD",
    4,
    "This item needs QC before use",
    lot="NWS-240730-F",
    detail="Magnesium stearate",
    next_step="Stick on the printed HOLD label",
    next_icon="label",
)
DUPLICATE = VerdictHero(
    Tone.DUPLICATE, "DUPLICATE", 5, "Already counted at 10:36", lot="NWS-240817-B", detail="Corn starch USP", next_step="Scan the next lot"
)
TO_QC = replace(OK, number=6, strip=Tone.CHECK, next_step="Take it to QC", next_icon="science")
SAVED_HERE = replace(OK, number=7, next_step="Keep scanning", tally="Saved here, 14 to send")
PARTS = (
    LabelPart("Item", "RM-2041"),
    LabelPart("Lot", "NWS-240817-C"),
    LabelPart("Expiry"),
    LabelPart("Quantity"),
    LabelPart("Containers", "1"),
)
COLLECTING = replace(READY, prompt="Scan the expiry", parts=PARTS, hint="The rest of this label, please scan within 20 s")
COLLECTING = replace(COLLECTING, hint="Scan the other barcode of this label")
CHECK_PARTS = replace(CHECK, number=8, parts=PARTS)

TILE = QuantityTile("Quantity of last lot", "25", "kg", "From label", "Change", action="change_quantity")
NOTHING = QuantityTile("Quantity of last lot", nothing="Nothing was counted")
KEYPAD = Keypad(
    "Quantity of last lot",
    "",
    "kg",
    Button("set", "Set", "check", look=Look.PRIMARY),
    Button("cancel", "Cancel"),
    "150 kg to go",
)
PACKS = replace(
    KEYPAD,
    buffer="12.5",
    packs=(Button("pack:1", "1 bag 25 kg", "package_2"), Button("pack:2", "1 pallet 1 000 kg", "pallet")),
    unit_button=Button("unit", "Count bags", "sync"),
)
ROWS = (
    ScanRow(Mark.OK, "NWS-240817-C", "Corn starch USP", "10:42", "25 kg"),
    ScanRow(Mark.BAD, "NWS-230311-A", "Expired 31 Mar 2026", "10:41"),
    ScanRow(Mark.OK, "NWS-240817-B", "Corn starch USP", "10:40", "25 kg"),
    ScanRow(Mark.HOLD, "NWS-240730-F", "On hold: waiting for QC", "10:38", "10 kg"),
    ScanRow(Mark.DUPLICATE, "NWS-240817-B", "Already counted at 10:36", "10:37"),
    ScanRow(Mark.OK, "NWS-240817-A", "Corn starch USP", "10:36", "25 kg"),
)
SCANS = ScanList("Last scans", ROWS, (Tally(Mark.OK, 12, "accepted"), Tally(Mark.BAD, 1, "rejected"), Tally(Mark.HOLD, 1, "on hold")))
ACTIONS = (
    Button("undo", "Undo last", "undo"),
    Button("hold", "Hold lot", "front_hand"),
    Button("reprint", "Reprint label", "print"),
    Button("type_lot", "Type lot", "keyboard"),
)
FINISH = Button("finish", "Finish delivery", "done_all")

RECEIVE = ReceiveView(TOP, DOCUMENT, READY, TILE, SCANS, ACTIONS, FINISH)
VIEWS = {
    "receive_ready": RECEIVE,
    "receive_ok": replace(RECEIVE, hero=OK),
    "receive_bad": replace(RECEIVE, hero=BAD, side=NOTHING),
    "receive_german": replace(RECEIVE, hero=GERMAN, side=NOTHING),
    "receive_check": replace(RECEIVE, hero=CHECK, side=KEYPAD),
    "receive_packs": replace(RECEIVE, hero=CHECK_PARTS, side=PACKS),
    "receive_hold": replace(RECEIVE, hero=HOLD),
    "receive_dup": replace(RECEIVE, hero=DUPLICATE, side=NOTHING),
    "receive_to_qc": replace(RECEIVE, hero=TO_QC),
    "receive_offline": replace(RECEIVE, top=replace(TOP, chips=OFFLINE), hero=SAVED_HERE),
    "receive_collecting": replace(RECEIVE, hero=COLLECTING),
    "receive_empty": replace(
        RECEIVE,
        document=DocumentHeader("No open delivery", "Scan the PO on the papers"),
        hero=ReadyHero("Scan the PO", hint="Or choose it from the list", hint_icon="list"),
        side=NOTHING,
        scans=ScanList("Last scans", empty="Nothing scanned yet. Scan the PO on the papers, then the lots."),
        actions=(
            Button("undo", "Undo last", "undo", False, "Nothing to undo"),
            Button("choose_order", "Choose order", "list"),
        ),
        finish=replace(FINISH, enabled=False, why_disabled="No delivery is open"),
    ),
}
