"""Decoders: picture to barcodes, one file a library, found by its name. Each has a `Decoder` with `decode`."""
