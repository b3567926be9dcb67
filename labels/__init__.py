"""Labels: a printer-independent label in millimetres, its templates and the printers' languages."""
