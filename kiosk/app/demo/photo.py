"""What the demo's camera sees: a bag with its label."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def bag_of_starch() -> bytes:
    """Return a drawn picture of a bag of starch (JPEG)."""
    picture = Image.new("RGB", (640, 480), "#6b7280")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((140, 40, 500, 450), 30, fill="#d6b98c", outline="#8a6d3b", width=4)
    pen.rectangle((200, 150, 440, 330), fill="white", outline="black")
    pen.text((215, 160), "CORN STARCH USP   25 kg\nLOT NWS-240817-A\nEXP 2028-11-30", fill="black")
    for bar in range(215, 425, 7):
        pen.rectangle((bar, 230, bar + bar % 5, 315), fill="black")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
