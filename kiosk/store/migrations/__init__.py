"""Alembic scripts: how a station's database came to its present form, step by step."""
