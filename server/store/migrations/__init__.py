"""Steps from one version of the server's database to the next."""
