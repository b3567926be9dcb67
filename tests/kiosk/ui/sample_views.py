"""The views of the design pictures, and one of every other screen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.views import (
    Banner,
    Button,
    Chip,
    ChipTone,
    ChoiceView,
    DocumentHeader,
    Fact,
    FaultView,
    HomeView,
    Keypad,
    LabelPart,
    Look,
    LotCard,
    LotView,
    Mark,
    Outline,
    OutlineRow,
    Pages,
    PinView,
    QuantityTile,
    QueueDetail,
    QueueRow,
    QueueView,
    ReadyHero,
    ReceiveView,
    ScanList,
    ScanRow,
    SignInView,
    StateTile,
    StopView,
    SummaryRow,
    SummaryView,
    Tally,
    Tile,
    Tone,
    TopBar,
    TypeLotView,
    VerdictHero,
    View,
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
    erase="Erase the last",
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

PAGES = Pages("1 of 3", Button("page:previous", "Earlier", "chevron_left", False), Button("page:next", "More", "chevron_right"))
BACK = Button("back", "Back", "arrow_back")
QUEUE_TOP = TopBar("cloud_upload", "Send queue", "Dock 3", "10:42", OFFLINE, "R. Chen", "user")
QUEUE = QueueView(
    QUEUE_TOP,
    (
        StateTile("filter:parked", Mark.BAD, "2", "Needs you", "oldest 2 h 14 m", selected=True, urgent=True),
        StateTile("filter:retrying", Mark.CHECK, "3", "Retrying", "6 tries"),
        StateTile("filter:waiting", Mark.WAITING, "9", "Waiting", "12 m"),
        StateTile("filter:sending", Mark.SENDING, "0", "Sending", "paused", empty=True),
        StateTile("filter:sent", Mark.OK, "1\u2009284", "Sent today", "last 08:28"),
    ),
    "Not sent yet",
    "Worst first, then oldest",
    (
        QueueRow("select:1", Mark.BAD, "Receive", "NWS-240817-B", "25 kg", "PO line 4 is closed", "2 h 14 m", "Dock 3", selected=True),
        QueueRow("select:2", Mark.BAD, "Ship", "FG-118-2210", "48 ea", "Order 88121 was cancelled", "1 h 50 m", "Dock 1"),
        QueueRow("select:3", Mark.CHECK, "Consume", "NWS-240730-F", "10 kg", "No answer, 6 tries", "1 h 12 m", "Line 2"),
    ),
    BACK,
    Banner(
        ChipTone.WARN,
        "cloud_off",
        "Offline for 2 h 14 min",
        "The server does not answer. Scanning goes on; next try in 45 s.",
        Button("try_now", "Try now", "sync"),
    ),
    QueueDetail(
        Mark.BAD,
        "PO line 4 is closed",
        "NWS-240817-B",
        "25 kg",
        "The server will not take more on this line. The lot is on the floor but not in stock.",
        (Fact("Scanned", "08:28 by M. Alvarez, Dock 3"), Fact("Answer", "409 PO_LINE_CLOSED", verbatim=True)),
        Button("correct", "Move to an open line", "edit", look=Look.PRIMARY),
        (Button("try_again", "Try again", "replay"), Button("hold", "Hold lot", "front_hand")),
        Button("void", "Void…", "delete", look=Look.DANGER),
    ),
    PAGES,
)
SIGN_IN = SignInView(
    TopBar("lock", "Signed out", "Dock 3", "10:42", CHIPS),
    ReadyHero("Scan your badge", "Dock 3 is ready", hint="No badge? Ask your supervisor", icon="badge"),
    (Button("language:en", "English"), Button("language:de", "Deutsch"), Button("language:es", "Español"), Button("language:pl", "Polski")),
    "PO 4500012345 is still open: whoever signs in goes on with it",
)
HOME = HomeView(
    TopBar("home", "Home", "Dock 3", "10:42", CHIPS, "M. Alvarez", "user"),
    "What are you going to do?",
    "Or scan the paper: a PO opens receiving",
    (
        Tile("mode:receive", "Receive", "3 deliveries open", "move_to_inbox", "12"),
        Tile("mode:ship", "Ship", "1 order waiting", "local_shipping", "4"),
        Tile("mode:consume", "Consume", "WO-7781", "conveyor_belt", "0"),
        Tile("mode:produce", "Produce", "", "package_2", enabled=False, why_disabled="Not at this station"),
        Tile("mode:hold", "Hold and QC", "2 lots on hold", "front_hand", "2"),
        Tile("mode:lookup", "Look up", "Any code", "search"),
        Tile("mode:reprint", "Reprint", "Last 20 labels", "print"),
        Tile("queue", "Send queue", "14 waiting", "cloud_upload", "14"),
    ),
    Button("sign_out", "Sign out", "logout"),
)
HOME_FULL = replace(
    HOME,
    tiles=(
        *(Tile("mode:receive", "Receive", icon="move_to_inbox"), Tile("mode:consume", "Consume", icon="precision_manufacturing")),
        *(Tile("mode:produce", "Produce", icon="factory"), Tile("mode:pack", "Pack", icon="package_2")),
        *(Tile("mode:ship", "Ship", icon="local_shipping"), Tile("mode:pick", "Pick", icon="trolley")),
        *(Tile("group:stock", "Stock", icon="shelves"), Tile("mode:quality", "Hold and QC", icon="front_hand")),
    ),
    others=(
        Button("mode:lookup", "Look up", "search"),
        Button("reprints", "Reprint label", "print"),
        Button("queue", "Send queue", "cloud_upload"),
    ),
)
CHOICE = ChoiceView(
    TOP,
    "Which line is it?",
    "Corn starch USP is on two lines of PO 4500012345",
    (
        Tile("choose:2", "Line 2 · Corn starch USP", "150 kg to go of 200 kg", count="2"),
        Tile("choose:4", "Line 4 · Corn starch USP, organic, Non-GMO, 25 kg bags", "25 kg to go", count="4"),
        Tile("choose:5", "Line 5 · Magnesium stearate", "nothing to go", enabled=False, why_disabled="Line is complete"),
    ),
    BACK,
    PAGES,
    others=(Button("choose:none", "None of these", "close"),),
)
TYPE_LOT = TypeLotView(
    TOP,
    "Lot number",
    "NWS-2408",
    "Three letters, six digits, one letter",
    Button("set", "Use this", "check", look=Look.PRIMARY),
    BACK,
    (Tile("choose:1", "NWS-240817-A"), Tile("choose:2", "NWS-240817-B"), Tile("choose:3", "NWS-240817-C")),
    erase="Erase the last",
)
STOP = StopView(
    "STOP",
    "Recalled lot. Do not use or move it.",
    "NWS-230311-A",
    "Corn starch USP",
    "Leave it here and call your supervisor",
    Button("acknowledge", "I have stopped"),
    "or scan the OK card",
    9,
)
FAULT = FaultView(
    "LOCKED",
    "This kiosk cannot store scans: the disk is full",
    "Stop scanning and call IT",
    "Phone 4711",
    (Fact("Needed", "200 MB free"), Fact("Free", "0 MB on /var")),
    Button("try_again", "Try again"),
)
SUMMARY = SummaryView(
    TOP,
    DOCUMENT,
    "Before you finish",
    (
        SummaryRow(Mark.OK, "Corn starch USP", "Line 1 · RM-2041", "200 of 200 kg", "complete"),
        SummaryRow(Mark.CHECK, "Lactose mono", "Line 2 · RM-1007", "150 of 200 kg", "50 kg short"),
        SummaryRow(Mark.HOLD, "Magnesium stearate", "Line 3 · RM-3310", "10 of 10 kg", "on hold: waiting for QC"),
        SummaryRow(Mark.BAD, "Talc", "Line 4 · RM-5050", "0 of 25 kg", "1 lot rejected: expired"),
    ),
    BACK,
    Button("finish", "Finish delivery", "done_all", look=Look.PRIMARY),
    "1 line short, 1 lot rejected",
    PAGES,
)
CONSUME = replace(
    RECEIVE,
    top=replace(TOP, icon="precision_manufacturing", mode="Consuming", place="Line 1"),
    document=DocumentHeader("Order WO-7001", "10000 ea of Tablets 500 mg", "1 of 2 items done", "3 lots", (1.0, 0.4)),
    hero=replace(OK, tally="50 of 75 kg"),
    side=QuantityTile("Used last", "25", "kg", "From label", "Change", action="change_quantity"),
    actions=(
        Button("undo", "Undo 25 kg", "undo"),
        Button("return", "Return rest", "inventory_2"),
        Button("set_aside", "Set aside", "front_hand", False, "Nothing was refused"),
        Button("type_lot", "Type lot", "keyboard"),
    ),
    finish=Button("finish", "Leave order", "done_all"),
)
SHIP = replace(
    RECEIVE,
    top=replace(TOP, icon="local_shipping", mode="Shipping", place="Dock 7"),
    document=DocumentHeader("Order SO-88121", "Example Pharmacy", "1 of 3 lines done", "2 cartons", (1.0, 0.5, 0)),
    hero=replace(OK, quantity="48 ea", lot="0952…0423", detail="Tablets 500 mg, 3 lots", next_step="Scan the next carton", tally="1 of 3"),
    side=QuantityTile("Loaded last", "48", "ea", "Carton …0423"),
    actions=(
        Button("undo", "Undo 48 ea", "undo"),
        Button("set_aside", "Set aside", "front_hand", False, "Nothing was refused"),
        Button("type_lot", "Type lot", "keyboard"),
    ),
    finish=Button("finish", "Close shipment", "done_all"),
    outline=Outline(
        "On this order",
        (
            OutlineRow("095200010000000423", "Carton · 3 lots", "48 ea", icon="package_2", current=True),
            OutlineRow("FG-118-2210", "Tablets 500 mg", "24 ea", 1, "deployed_code"),
            OutlineRow("FG-118-2211", "Tablets 500 mg", "24 ea", 1, "deployed_code"),
            OutlineRow("095200010000000416", "Carton · 1 lot", "12 ea", icon="package_2"),
            OutlineRow("FG-118-2209", "On hold: waiting for QC", "12 ea", 1, mark=Mark.HOLD),
        ),
        "2 cartons",
    ),
)
PRODUCE = replace(
    RECEIVE,
    top=replace(TOP, icon="factory", mode="Producing", place="Line 1"),
    document=DocumentHeader("Order WO-7001", "10000 ea of Tablets 500 mg", "4 800 of 10 000 ea made", "3 lots", (0.48,)),
    hero=ReadyHero(
        "How many?",
        "Tablets 500 mg",
        "New lot FG-118-2212",
        "4 800 of 10 000 ea made",
        "5 200 ea to go",
        0.48,
        hint="Type it, then press “Set”",
        icon="factory",
    ),
    side=QuantityTile("Made last", "1 200", "ea", "Label printed", "Change", action="change_quantity"),
    actions=(
        Button("make", "New lot", "add_box"),
        Button("undo", "Undo 1 200 ea", "undo"),
        Button("scrap", "Scrap", "delete_sweep"),
        Button("reprint", "Reprint label", "print"),
    ),
    finish=Button("finish", "Leave order", "done_all"),
    outline=Outline(
        "Goes in",
        (
            OutlineRow("NWS-240817-C", "Corn starch USP", "25 kg", icon="subdirectory_arrow_right"),
            OutlineRow("LAC-7741", "Lactose mono", "100 kg", icon="subdirectory_arrow_right"),
            OutlineRow("NWS-240730-F", "On hold: waiting for QC", "10 kg", mark=Mark.HOLD),
        ),
        "3 lots in",
    ),
)
DECIDE = replace(CHECK, next_icon="touch_app")
OVER_PLAN = replace(DECIDE, reason="15 kg more than planned", next_step="Change the quantity, or use it all", number=9)
LOT = LotView(
    TopBar("search", "Look up", "Dock 3", "10:42", CHIPS, "M. Alvarez", "user"),
    LotCard(
        Mark.OK,
        "FG-118-2210",
        "Tablets 500 mg",
        "Free to use",
        (
            Fact("On hand", "4 800 ea"),
            Fact("Place", "Rack B-04"),
            Fact("Expires", "30 Nov 2027"),
            Fact("Made", "18 Aug 2026, WO-7001", verbatim=False),
        ),
    ),
    Outline(
        "Where from",
        (
            OutlineRow("NWS-240817-C", "Corn starch USP · Northwind Starch Co.", "25 kg", icon="subdirectory_arrow_right"),
            OutlineRow("LAC-7741", "Lactose mono", "100 kg", icon="subdirectory_arrow_right"),
            OutlineRow("NWS-240730-F", "On hold: waiting for QC", "10 kg", mark=Mark.HOLD),
        ),
        "3 lots",
    ),
    Outline(
        "Where to",
        (
            OutlineRow("095200010000000423", "Carton · SO-88121, Example Pharmacy", "48 ea", icon="package_2"),
            OutlineRow("SAMPLE-17", "Sample for QC", "2 ea", icon="science"),
        ),
        "2 uses",
    ),
    BACK,
    (Button("hold", "Hold lot", "front_hand"), Button("print_card", "Print", "print")),
    "Scan another",
)
PIN = PinView(
    replace(TOP, icon="verified_user", mode="Second person"),
    ReadyHero(
        "Type your PIN",
        "R. Chen",
        "Use 25 kg of NWS-230311-A: expired 31 Mar 2026",
        hint="Nobody sees what you type",
        hint_icon="lock",
        icon="pin",
    ),
    Keypad(
        "PIN",
        "••••",
        "",
        Button("set", "Agree", "check", look=Look.PRIMARY),
        Button("cancel", "Cancel"),
        decimal="",
        erase="Erase the last",
    ),
)
SHIP_TOP = replace(TOP, icon="local_shipping", mode="Shipping", place="Dock 7")
REASONS = ChoiceView(
    replace(TOP, icon="front_hand", mode="Hold and QC", place="Lab"),
    "Why is it on hold?",
    "NWS-240730-F",
    tuple(
        Tile(f"choose:{number}", words)
        for number, words in enumerate(
            ("Damaged", "Label wrong", "Wet or dirty", "Complaint", "Waiting for QC", "Wrong temperature", "Foreign body", "Other"), start=1
        )
    ),
    replace(BACK, action="cancel"),
    PAGES,
)
STOCK = ChoiceView(
    replace(TOP, icon="home", mode="Home", place="Warehouse"),
    "Stock",
    "",
    (
        *(Tile("mode:move", "Move", icon="swap_horiz"), Tile("mode:count", "Count", icon="inventory")),
        *(Tile("mode:adjust", "Put right", icon="tune"), Tile("mode:sample", "Sample", icon="science")),
        *(Tile("mode:scrap", "Scrap", icon="delete_sweep"), Tile("mode:split", "Split", icon="call_split")),
        Tile("mode:return", "Return", icon="assignment_return"),
    ),
    replace(BACK, action="cancel"),
)
LABELS = tuple(
    Tile(f"choose:{number}", lot, f"{item}  ·  {amount}  ·  Printed {time}", icon)
    for number, (lot, item, amount, time, icon) in enumerate(
        (
            ("NWS-240817-C", "Corn starch USP", "25 kg", "10:42", "label"),
            ("NWS-240730-F", "Magnesium stearate", "10 kg", "10:38", "front_hand"),
            ("FG-118-2211", "Tablets 500 mg", "1 200 ea", "10:20", "label"),
            ("095200010000000423", "Carton", "48 ea", "10:12", "package_2"),
        ),
        start=1,
    )
)
REPRINT_TOP = replace(TOP, icon="print", mode="Reprinting")
REPRINT = replace(
    RECEIVE,
    top=REPRINT_TOP,
    document=DocumentHeader("Reprint label", "or choose one of the last"),
    hero=ReadyHero("Scan a label", hint="Label damaged? Press “Type number”"),
    side=QuantityTile("Label printed last", nothing="NWS-240817-C"),
    actions=(Button("choose_order", "Labels printed last", "list"), Button("type_lot", "Type number", "keyboard")),
    finish=Button("home", "Home", "home"),
    outline=Outline(
        "Labels printed last", tuple(OutlineRow(tile.words, tile.detail.partition("  ·  ")[0], icon=tile.icon) for tile in LABELS)
    ),
)
PACK = replace(
    SHIP,
    top=replace(TOP, icon="package_2", mode="Packing", place="Line 1"),
    document=DocumentHeader("Carton 095200010000000430", "Open since 10:20", "2 lots in it", "48 ea"),
    hero=replace(OK, quantity="24 ea", lot="FG-118-2211", detail="Tablets 500 mg", tally="48 of 60 ea"),
    side=QuantityTile("Packed last", "24", "ea", "From label", "Change", action="change_quantity"),
    finish=Button("finish", "Close carton", "done_all"),
    outline=replace(SHIP.outline, title="In this carton", count="2 lots") if SHIP.outline else None,
)
MOVE = replace(
    RECEIVE,
    top=replace(TOP, icon="swap_horiz", mode="Moving", place="Warehouse"),
    document=DocumentHeader("To rack B-04", "Scan what goes there", count="3 lots"),
    hero=ReadyHero("Scan a lot", hint="Label damaged? Press “Type lot”"),
    side=QuantityTile("Moved last", "25", "kg", "From rack A-01", "Change", action="change_quantity"),
    actions=(
        Button("undo", "Undo 25 kg", "undo"),
        Button("place", "Other place", "location_on"),
        Button("set_aside", "Set aside", "front_hand", False, "Nothing was refused"),
        Button("type_lot", "Type lot", "keyboard"),
    ),
    finish=Button("home", "Home", "home"),
)
OLDER = replace(
    CONSUME,
    hero=replace(
        DECIDE, reason="Lot NWS-240511-A is older, in rack B-04", next_step="Use NWS-240511-A first, or give a reason", lot="NWS-240818-A"
    ),
    actions=(Button("confirm", "Use it", "check"), Button("cancel", "Cancel", "close")),
)
GATE = replace(
    SHIP,
    hero=replace(
        BAD,
        reason="A lot in it was made from a lot on hold",
        lot="095200010000000416",
        detail="Tablets 500 mg",
        next_step="Take it off the pallet, tell QC",
        tally="as of 09:58",
    ),
)
OLD_DATA = replace(
    SHIP, hero=replace(CHECK, reason="What I know is 9 hours old", next_step="Connect the station, or ask your supervisor", lot="")
)
VIEWS: dict[str, View] = {
    "reasons": REASONS,
    "stock": STOCK,
    "reprint": REPRINT,
    "reprint_list": ChoiceView(REPRINT_TOP, "Labels printed last", "Scan a label", LABELS, replace(BACK, action="cancel"), PAGES),
    "pack": PACK,
    "move": MOVE,
    "consume_older_first": OLDER,
    "ship_gate": GATE,
    "ship_old_data": OLD_DATA,
    "ship_wrong_customer": replace(
        STOP, reason="This carton is for another customer", lot="095200010000000416", next_step="Take it off the pallet", number=11
    ),
    "consume_used": CONSUME,
    "consume_over_plan": replace(
        CONSUME,
        hero=OVER_PLAN,
        actions=(
            Button("confirm", "Use 25 kg", "check"),
            Button("to_go", "Only 10 kg", "check"),
            Button("quantity", "Other amount", "dialpad"),
            Button("cancel", "Cancel", "close"),
        ),
    ),
    "consume_return": replace(CONSUME, side=replace(KEYPAD, title="How much is left?", to_go="at most 25 kg")),
    "lot": LOT,
    "lot_held": replace(
        LOT,
        card=LotCard(Mark.HOLD, "NWS-240730-F", "Magnesium stearate", "On hold: waiting for QC"),
        sources=Outline("Where from", empty="Nothing is known of where it came from."),
        actions=(),
    ),
    "pin": PIN,
    "pin_wrong": replace(
        PIN, hero=replace(BAD, word="REJECTED", reason="This PIN is wrong", next_step="Type it again", lot="", detail="R. Chen")
    ),
    "dimmed": replace(RECEIVE, top=replace(TOP, dimmed=True)),
    "ship": SHIP,
    "ship_empty": replace(SHIP, hero=READY, outline=Outline("On this order", empty="Nothing is loaded yet. Scan the first carton.")),
    "ship_keypad": replace(SHIP, hero=CHECK, side=KEYPAD),
    "produce": PRODUCE,
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
        scans=ScanList("Last scans", empty="Nothing scanned yet. Scan the order's paper, then the lots."),
        actions=(
            Button("undo", "Undo last", "undo", False, "Nothing to undo"),
            Button("choose_order", "Choose order", "list"),
        ),
        finish=replace(FINISH, enabled=False, why_disabled="No delivery is open"),
    ),
    "supervisor": QUEUE,
    "queue_empty": replace(QUEUE, banner=None, detail=None, rows=(), pages=None, empty="Nothing waits. Everything was sent."),
    "sign_in": SIGN_IN,
    "sign_in_refused": replace(
        SIGN_IN,
        hero=VerdictHero(
            Tone.BAD, "REJECTED", 10, "This badge is not known here", next_step="Ask your supervisor to add it", next_icon="badge"
        ),
    ),
    "home": HOME,
    "home_full": HOME_FULL,
    "choice": CHOICE,
    "choice_empty": replace(CHOICE, tiles=(), pages=None, empty="No open deliveries. Scan the PO on the papers."),
    "type_lot": TYPE_LOT,
    "type_lot_problem": replace(TYPE_LOT, problem="A lot has no “/” here", matches=()),
    "stop_fullscreen": STOP,
    "fault": FAULT,
    "summary": SUMMARY,
}
