"""A map read in several ways: what to fix, what to keep, and how sure that is."""
