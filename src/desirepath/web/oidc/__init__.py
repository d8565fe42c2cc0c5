"""Signing in with accounts that an organization has already (OpenID Connect)."""
