"""What a barcode says: one file per format, all strict, none ever raises on input."""
