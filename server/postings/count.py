"""What was found of a lot in a place: the stock is what was found, and the difference stays to be explained."""

from __future__ import annotations

from server.stock_changes import fault, post, void

__all__ = ["fault", "post", "void"]
