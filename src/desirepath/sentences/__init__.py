"""What is said to people in sentences, in every language: findings, verdicts, comparisons."""
