"""The server's answers, one file each."""
