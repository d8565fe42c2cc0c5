"""Pages of maps for everybody, without an account."""
