"""Where events come from: files, XES logs, recipes, frames."""
