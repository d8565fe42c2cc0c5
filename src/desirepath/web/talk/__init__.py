"""What people say beside the map: comments, proposals, reminders, and who did what."""
