"""Printers: one file a link, found by its name. Each has `Options` and a `Printer` with open, send, status and close."""
