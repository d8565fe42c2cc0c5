"""The workshop server: a team edits maps together, and what is acknowledged is never lost."""
