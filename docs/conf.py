"""Settings of the documentation: Sphinx with MyST and Furo. Generates nothing; see generate.py."""

project = "desirepath"
author = "The desirepath contributors"
copyright = author  # noqa: A001 - Sphinx wants this name
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = "desirepath"
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
