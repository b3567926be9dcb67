"""The `lotline` command: one module per subcommand, found by name and imported only when asked for."""
