"""What an event does to the books: one file a kind, found by the kind's name. A kind without a file changes no stock."""
