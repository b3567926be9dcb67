"""A figure was put right: the stock is what is there; without a cause the difference stays unaccounted."""

from __future__ import annotations

from server.stock_changes import fault, post, void

__all__ = ["fault", "post", "void"]
