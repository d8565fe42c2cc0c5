"""What customers did: sources, engine, sequences."""
