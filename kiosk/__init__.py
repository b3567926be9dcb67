"""The station: a touchscreen, its database, its services and its commands."""
