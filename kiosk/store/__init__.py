"""The station's database: raw scans, the journal, what the journal made of the stock, and what the server said.

A database is a directory: `station.db`, `badge.key` (the key of the badges' hashes) and `station.lock` (who works with it).
"""
