"""What a map and its data tell together: findings, the flow, the story, the report."""
