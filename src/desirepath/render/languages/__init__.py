"""Words on pictures, one file per language: data only."""
