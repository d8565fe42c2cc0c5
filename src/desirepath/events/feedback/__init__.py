"""What customers say: answers to questions, read from files and joined to cases."""
