"""What checks found, as a board shows it: verdicts by card, and what has changed since."""
