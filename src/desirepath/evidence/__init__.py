"""What the events say about a map."""
