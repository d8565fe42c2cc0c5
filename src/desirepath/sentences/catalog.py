"""Sentences by language. A new language is a file beside the others in each room, with every key of the English one."""

from __future__ import annotations

from desirepath.sentences.findings import ar, de, en, ja
from desirepath.sentences.verdicts import ar as checked_ar
from desirepath.sentences.verdicts import de as checked_de
from desirepath.sentences.verdicts import en as checked_en
from desirepath.sentences.verdicts import ja as checked_ja

CATALOGS = {
    "en": {**en.WORDS, **checked_en.WORDS},
    "de": {**de.WORDS, **checked_de.WORDS},
    "ar": {**ar.WORDS, **checked_ar.WORDS},
    "ja": {**ja.WORDS, **checked_ja.WORDS},
}
RIGHT_TO_LEFT = frozenset({"ar"})
