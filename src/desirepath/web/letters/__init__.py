"""Letters about what is due: tasks, and maps to go through again."""
