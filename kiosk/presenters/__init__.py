"""What the station shows: plain Python, words and view models."""
