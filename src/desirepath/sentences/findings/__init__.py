"""Sentences of findings by language, a file for each."""
