"""The station's database: journal, lot book, print jobs, cursors."""
