"""Workshops: plan and timer, secret votes, departments that score apart, stories by phone, sticky notes."""
