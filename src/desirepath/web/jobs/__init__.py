"""Long work beside the server: checks, analyses and drafts in processes of their own, and what they find."""
