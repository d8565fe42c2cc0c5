"""Formats: one file each, all made from a scene."""
