"""So much of a lot is waste."""

from __future__ import annotations

from server.stock_changes import fault, post, void

__all__ = ["fault", "post", "void"]
