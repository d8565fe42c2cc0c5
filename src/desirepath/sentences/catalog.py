"""Sentences of findings by language. A new language is a file beside the others, with every key of the English one."""

from __future__ import annotations

from desirepath.sentences.findings import ar, de, en, ja

CATALOGS = {"en": en.WORDS, "de": de.WORDS, "ar": ar.WORDS, "ja": ja.WORDS}
RIGHT_TO_LEFT = frozenset({"ar"})
