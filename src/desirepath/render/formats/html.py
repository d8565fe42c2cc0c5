"""Stand-alone HTML page: a body with its style sheet and script, and nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

_FOLDER = Path(__file__).parent


def page_file(name: str) -> str:
    """Text of a style sheet or script that belongs to pages."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def html_page(
    body: str,
    *,
    title: str,
    language: str,
    is_rtl: bool,
    extra_style: str = "",
    extra_script: str = "",
    can_send: bool = False,
) -> str:
    """A whole document; a strict policy forbids every request and every other script.

    Args:
        body: Inside of the body; user text in it is escaped already.
        title: Title of the document, plain text.
        language: Language of the text.
        is_rtl: Whether it is read from right to left.
        extra_style: Rules added to the style sheet, such as fonts.
        extra_script: Added to the script every page has.
        can_send: Whether a form on it may be sent to where the page comes from.
    """
    style = page_file("page.css") + extra_style
    script = page_file("page.js") + extra_script
    form = "'self'" if can_send else "'none'"
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        f"font-src data:; base-uri 'none'; form-action {form}"
    )
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{"rtl" if is_rtl else "ltr"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
