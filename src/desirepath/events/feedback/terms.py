"""Weights of the words of answers (TF-IDF), by stems, without fillers. Finds no topics itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from math import log, sqrt
from typing import Any

import numpy as np

from desirepath.events.feedback.tokens import CLAUSE_ENDS, tokens_of
from desirepath.stats.arrays import FloatArray

STEMMERS = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch",
    "pt": "portuguese",
}  # fmt: skip
MIN_LETTERS = 3
_WORD = re.compile(r"[^\W_]+")
# words that carry no matter, without accents; one line a language
FILLERS = {
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber auch als wie was wer wir sie ich ihr mir mich uns euch man mein meine sein seine ist sind war waren wird werden wurde wurden hat habe haben hatte hatten bin bei mit von vom fur auf aus nach uber unter vor zum zur ins dass daß weil wenn dann noch nur schon sehr mal hier dort doch jetzt immer mehr kann konnte muss musste soll sollte alle alles etwas diese dieser dieses",
    "en": "the and for are was were been being have has had having with from this that these those then than they them their there here you your yours our ours his her its she him who whom which what when where why how all any both each few more most other some such only own same too very can will just don should now but not nor about into over after before again out off under once because until while does did doing would could may might must also get got one two even still really much make made said say going went come via amp",
    "es": "los las una unos unas del con por para que como pero muy mas sus les nos esta este esto estos estas ese esa eso era fue son ser hay han sido estar estaba tengo tiene tenia todo toda todos todas cuando donde porque desde hasta sobre entre tambien solo cada otro otra otros otras mi me se lo le ya si",
    "fr": "les des une dans pour par sur avec sans sous que qui quoi dont est sont etait etaient ete etre avoir ont avait avons avez nous vous ils elles leur leurs mon mes ses son notre votre vos cette ces cet mais donc car tres plus moins tout tous toute toutes aussi bien comme encore deja fait faire meme alors depuis apres avant entre chez quand",
    "pt": "nao sim que com para por uma uns umas dos das nos nas pelo pela pelos pelas mas muito mais meu minha meus minhas seu sua seus suas ele ela eles elas isso esse essa este esta foi ser sao era tem tinha ter estava estao esta estou como quando onde porque pois ate desde sobre entre tambem todo toda todos todas cada outro outra ja foram fui eu me voces voce ainda aos",
}  # fmt: skip


class Stems:
    """Stems of words and the word each stem mostly stands for.

    Args:
        language: ISO 639 code; words of other languages stay whole.
        keeps_all: Short words and fillers count as well, as "not" does for good and bad.

    Examples:
        >>> stems = Stems("en")
        >>> stems("The deliveries were delayed"), stems.word("deliveri")
        (['deliveri', 'delay'], 'deliveries')
    """

    def __init__(self, language: str, *, keeps_all: bool = False) -> None:
        self._language = language
        self._stem = _stemmer(STEMMERS.get(language, ""))
        fillers = "" if keeps_all else FILLERS.get(language, "")
        self._fillers = frozenset(fillers.split())
        self._least = 1 if keeps_all else MIN_LETTERS
        self._known: dict[str, str] = {}
        self._words: dict[str, Counter[str]] = {}

    def __call__(self, text: str) -> list[str]:
        """Stems of the words of a text, in order."""
        found = []
        for word, start in tokens_of(text, self._language):
            if word in CLAUSE_ENDS:
                continue
            if len(word) < self._least or word in self._fillers or word[0].isdigit():
                continue
            stem = self._known.get(word)
            if stem is None:
                stem = self._known[word] = self._stem(word)
            written = _WORD.match(text, start)
            self._words.setdefault(stem, Counter())[
                written[0].lower() if written else word
            ] += 1
            found.append(stem)
        return found

    def word(self, stem: str) -> str:
        """The word that a stem mostly stands for; several stems for several words."""
        return " ".join(
            min(self._words[one].items(), key=lambda pair: (-pair[1], pair[0]))[0]
            if one in self._words
            else one
            for one in stem.split()
        )


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    if not name:
        return str
    import snowballstemmer  # noqa: PLC0415 - only where words are weighed

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem


def weights_of(
    texts: Sequence[str],
    stems: Stems,
    *,
    longest: int = 1,
    least: int = 1,
    most_share: float = 1.0,
) -> tuple[Any, tuple[str, ...]]:
    """TF-IDF weights of the terms of texts.

    Args:
        texts: What customers wrote.
        stems: Of their language.
        longest: Words in a row that make a term.
        least: Texts a term must be in.
        most_share: Share of the texts a term may be in at most.

    Returns:
        Sparse float64[n_texts, n_terms], rows of length 1, and the terms; no terms where none is left.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - heavy

    vectorizer = TfidfVectorizer(
        analyzer=lambda text: terms_of(text, stems, longest),
        min_df=least,
        max_df=most_share,
        sublinear_tf=True,
    )
    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # no term is left
        return np.zeros((len(texts), 0)), ()
    return weights, tuple(map(str, vectorizer.get_feature_names_out()))


def terms_of(text: str, stems: Stems, longest: int) -> list[str]:
    """Stems and rows of stems.

    Examples:
        >>> terms_of("very slow delivery", Stems("en"), 2)
        ['slow', 'deliveri', 'slow deliveri']
    """
    single = stems(text)
    rows = [
        " ".join(single[start : start + length])
        for length in range(2, longest + 1)
        for start in range(len(single) - length + 1)
    ]
    return single + rows


def centrality(texts: Sequence[str], language: str) -> FloatArray:
    """float64[n], how typical each text is of all: cosine of its weights and their mean, 0 to 1.

    Examples:
        >>> typical = centrality(["slow delivery", "the delivery was slow", "nice colors"], "en")
        >>> bool(typical[0] > typical[2])
        True
    """
    stems = _shared_stems(language)
    read = {text: Counter(stems(text)) for text in dict.fromkeys(texts)}
    counted = [read[text] for text in texts]
    known = Counter(term for one in counted for term in one)
    middle: Counter[str] = Counter()
    weighed: list[dict[str, float]] = []
    for one in counted:
        # as scikit-learn's smooth weights, so that both speak of the same thing
        raw = {
            term: (1 + log(count)) * (1 + log((1 + len(texts)) / (1 + known[term])))
            for term, count in one.items()
        }
        length = sqrt(sum(weight**2 for weight in raw.values())) or 1.0
        weighed.append({term: weight / length for term, weight in raw.items()})
        middle.update(weighed[-1])
    size = sqrt(sum(weight**2 for weight in middle.values())) or 1.0
    return np.array(
        [sum(w * middle[term] for term, w in one.items()) / size for one in weighed]
    )


@cache
def _shared_stems(language: str) -> Stems:
    return Stems(language)
