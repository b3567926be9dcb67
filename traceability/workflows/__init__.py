"""What happens next on the floor: one file per workflow, each a pure transition table."""
