"""Edits: a map changed by named commands, several people at once, each with its inverse."""
