"""A container's goods stand in further containers; the lot's stock stays as it was."""

from __future__ import annotations

from server.stock_changes import fault, post, void

__all__ = ["fault", "post", "void"]
