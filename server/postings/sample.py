"""So much of a lot was taken away to be tested."""

from __future__ import annotations

from server.stock_changes import fault, post, void

__all__ = ["fault", "post", "void"]
