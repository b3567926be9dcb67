"""What tests of the screens share."""

from __future__ import annotations

import pytest

from kiosk.ui import painting
from kiosk.ui.faces import Face


@pytest.fixture
def cut_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect every text that had to be cut."""
    found: list[str] = []
    real = painting.cut

    def spy(face: Face, text: str, width: float, middle: bool = False) -> str:
        found.append(text)
        return real(face, text, width, middle)

    monkeypatch.setattr(painting, "cut", spy)
    return found
