"""Edits of several people on one map: put in order, made durable, then told to everyone."""
