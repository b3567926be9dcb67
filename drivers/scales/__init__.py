"""Scales: one file a family, found by its name. Each has `Options` and a `Scale` with open, read and close."""
