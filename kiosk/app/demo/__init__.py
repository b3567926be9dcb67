"""The demo: a sample plant on an embedded server, with simulated scanners and a printer behind real ptys and sockets."""
