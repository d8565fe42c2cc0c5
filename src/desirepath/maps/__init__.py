"""The map document: model, files, rules, differences."""
