"""Sentences of checks, comparisons and letters about them by language, a file for each."""
