"""The central server: takes facts, serves reference data, answers traces."""
