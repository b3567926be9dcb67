"""Nothing changes: PINs, lock-outs and overrides are kept at the stations. The number stays, so that a database made with it goes on."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing."""
