"""The wire between station and server: the protocol, and the station's end of it."""
