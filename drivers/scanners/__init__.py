"""Scanners: one file a family, found by its name. Each has `Options` and a `Scanner` with open, read and close."""
