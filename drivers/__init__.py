"""Hardware: one file per device family, each small; `runner` does threads and reconnecting once for all."""
