"""The composition root of the station: builds everything, starts it, and puts it away."""
