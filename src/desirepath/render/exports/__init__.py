"""Reports as documents for people."""
