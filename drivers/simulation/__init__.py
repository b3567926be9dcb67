"""Devices made of software that speak the real protocol over a real socket or pty; the demo and the tests plug into them."""
