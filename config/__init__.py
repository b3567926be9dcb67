"""Settings and plant files: read, checked all at once, mistakes answered with the nearest right name."""
