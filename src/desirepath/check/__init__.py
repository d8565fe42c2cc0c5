"""Map and evidence to verdicts."""
