"""Events to draft maps."""
