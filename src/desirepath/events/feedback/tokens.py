"""Words, clauses and sentences of what customers write, the same for texts and for cues. Knows no theme."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

CLAUSE_ENDS = frozenset(".!?\n…,;:()")
# handles and links are no words; numbers stay whole so that "3.5" ends no sentence
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+|&\w+;")
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W_]+)*|[.!?\n…,;:()]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_SENTENCE_END = re.compile(r"(?<!\d)[.!?…]+(?=\s|$)|\n+|[.!?…]+(?!\d)(?=[^\W\d_]{2})")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u00b4\u0060", "'"))
SPLITS_AT_APOSTROPHES = frozenset({"fr", "pt", "es", "it", "ca"})


class Token(NamedTuple):
    """One word, number, picture or mark.

    Attributes:
        text: Without accents and capitals: ``nao`` for ``Não``.
        start: Place of its first letter in the text.
    """

    text: str
    start: int


@lru_cache(maxsize=100_000)
def plain_word(word: str) -> str:
    """A word without accents, capitals and letters drawn out.

    Examples:
        >>> plain_word("Péssimoooo"), plain_word("Straße")
        ('pessimo', 'strasse')
    """
    if word.isascii():
        folded = word.lower()
    else:
        folded = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", word.casefold())
            if not unicodedata.combining(letter) and letter != "\ufe0f"
        )
    return _LONG.sub(r"\1", folded)


def tokens_of(text: str, language: str = "") -> list[Token]:
    """Words and marks of a text in order; handles and links are left out.

    Args:
        text: What a customer wrote.
        language: ISO 639 code; says whether words are split at apostrophes or joined.

    Examples:
        >>> [one.text for one in tokens_of("@shop Didn't arrive. 3.5 h!", "en")]
        ['didnt', 'arrive', '.', '3.5', 'h', '!']
        >>> [one.text for one in tokens_of("J’attends", "fr")]
        ['j', 'attends']
    """
    blank = _NO_WORDS.sub(lambda found: " " * len(found[0]), text)
    splits = language in SPLITS_AT_APOSTROPHES
    found: list[Token] = []
    for match in _TOKEN.finditer(blank.translate(_APOSTROPHES)):
        word, start = match[0], match.start()
        if "'" not in word:
            found.append(Token(plain_word(word), start))
        elif splits:
            for part in word.split("'"):
                found.append(Token(plain_word(part), start))
                start += len(part) + 1
        else:
            found.append(Token(plain_word(word.replace("'", "")), start))
    return found


def words_of(text: str, language: str = "") -> list[str]:
    """Words only, without marks.

    Examples:
        >>> words_of("Was late, sadly.", "en")
        ['was', 'late', 'sadly']
    """
    return [
        one.text for one in tokens_of(text, language) if one.text not in CLAUSE_ENDS
    ]


def sentence_at(text: str, start: int) -> str:
    """The sentence of a text that holds a place.

    Examples:
        >>> sentence_at("It came. It was 3.5 days late! Bad", 12)
        'It was 3.5 days late!'
    """
    begin, end = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= start:
            begin = match.end()
        elif match.start() >= start:
            end = match.end()
            break
    return text[begin:end].strip()


def one_text(text: str) -> str:
    """What makes two texts the same: their words, in order.

    Examples:
        >>> one_text("Was  LATE!!") == one_text("was late")
        True
    """
    return " ".join(words_of(text))
