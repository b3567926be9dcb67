"""What the station does: use cases, and the ports of what they need."""
