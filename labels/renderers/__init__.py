"""One file a printer language: `render(label, copies)` makes its bytes."""
