"""Words on pictures by language. A new language is a file beside the others, with every key of the English one."""

from __future__ import annotations

from desirepath.render.languages import ar, de, en, ja

CATALOGS = {"en": en.WORDS, "de": de.WORDS, "ar": ar.WORDS, "ja": ja.WORDS}
