"""The rules of lot traceability: pure Python, imports nobody."""
