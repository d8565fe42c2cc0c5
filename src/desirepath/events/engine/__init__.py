"""The event engine: three texts, one adapter per database."""
