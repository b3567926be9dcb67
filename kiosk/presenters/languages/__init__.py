"""The languages of the screen, a file each: found by its name. English is the source of the others."""
