"""Views: one picture each, made of a map and what is known about it."""
