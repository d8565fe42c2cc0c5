"""Bits: how long a text must be that tells all cases, given a few representatives. Chooses none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.float64]

FIRST_CHARACTER = (
    0x4E00  # any block of ordinary characters does; surrogates must be avoided
)


@dataclass(frozen=True, slots=True)
class Words:
    """Distinct sequences in which no activity stands twice, and how many cases show each.

    Attributes:
        texts: One string each, one character an activity.
        weights: float64[n_words], cases that show it.
        places: int16[n_words, n_codes], place of each activity in it, -1 where it is missing.
    """

    texts: tuple[str, ...]
    weights: FloatArray
    places: IntArray

    @property
    def lengths(self) -> IntArray:
        """int64[n_words], activities in it."""
        return np.asarray((self.places >= 0).sum(axis=1))

    @classmethod
    def of(cls, texts: Sequence[str], weights: FloatArray, code_count: int) -> Words:
        """Words of strings made by `word_of`."""
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        word = np.repeat(np.arange(len(texts)), lengths)
        place = np.arange(lengths.sum()) - np.repeat(
            np.cumsum(lengths) - lengths, lengths
        )
        places = np.full((len(texts), code_count), -1, dtype=np.int16)
        places[word, codes_of("".join(texts))] = place
        return cls(tuple(texts), weights, places)

    def take(self, which: IntArray) -> Words:
        """Only some of the words."""
        texts = tuple(self.texts[index] for index in which)
        return Words(texts, self.weights[which], self.places[which])


def kind_bits(words: Words, representative: str) -> float:
    """Bits of one representative and of the cases of its kind.

    A case is told by the last step it reaches, the steps it skips before that, those it does too
    early, and the other activities it shows and where. A step that one case in three skips thus
    costs less than one bit a case, and a second representative without it saves nothing; only what
    goes together makes a kind.

    Args:
        words: The cases of the kind.
        representative: Its word.

    References:
        Rissanen 1978 (description length); Grünwald 2007, 1.2 (enumerative codes, in which counts
        come first, so that no probability has to be guessed).
    """
    total = float(words.weights.sum())
    if not total:
        return 0.0
    codes = codes_of(representative)
    length, code_count = len(codes), words.places.shape[1]
    on = words.places[:, codes] >= 0
    last = np.where(on.any(axis=1), length - on[:, ::-1].argmax(axis=1), 0)
    is_before_last = np.arange(length) + 1 < last[:, None]
    others = np.delete(words.places, codes, axis=1) >= 0
    return float(
        length * np.log2(code_count + 1)
        + choice_bits(np.bincount(last, weights=words.weights, minlength=length + 1))
        + subset_bits(
            words.weights @ (on & is_before_last), words.weights @ is_before_last
        )
        + _order_bits(words.places[:, codes], words.weights)
        + subset_bits(words.weights @ others, total)
        + words.weights @ (others.sum(axis=1) * np.log2(words.lengths + 1))
    )


def _order_bits(places: IntArray, weights: FloatArray) -> float:
    """Bits that tell the order of the steps: which come too early, and before how many others.

    For each step, the number of steps before it in the representative that come after it in the case
    (Lehmer's code of a permutation).
    """
    is_there = places >= 0
    early = np.column_stack(
        [
            ((places[:, :step] > places[:, [step]]) & is_there[:, [step]]).sum(axis=1)
            for step in range(places.shape[1])
        ]
    )
    moved = early > 0
    how_far = np.bincount(
        early[moved],
        weights=np.broadcast_to(weights[:, None], early.shape)[moved],
        minlength=max(places.shape[1], 2),
    )
    return subset_bits(weights @ moved, weights @ is_there) + choice_bits(how_far[1:])


def word_of(codes: IntArray, offsets: IntArray, case: int) -> str:
    """A sequence as a string, one character an activity, so that fast string distances apply."""
    part = codes[offsets[case] : offsets[case + 1]]
    return (part + FIRST_CHARACTER).astype("<u4").tobytes().decode("utf-32-le")


def words_of(codes: IntArray, offsets: IntArray, cases: IntArray) -> list[str]:
    """The sequences of some cases as strings.

    Examples:
        >>> [len(word) for word in words_of(np.array([3, 1, 2]), np.array([0, 2, 3]), np.array([1, 0]))]
        [1, 2]
    """
    text = (codes + FIRST_CHARACTER).astype("<u4").tobytes().decode("utf-32-le")
    return [
        text[start:end]
        for start, end in zip(
            offsets[cases].tolist(), offsets[cases + 1].tolist(), strict=True
        )
    ]


def codes_of(word: str) -> IntArray:
    """int64[n], the activities of a word made by `word_of`.

    Examples:
        >>> codes_of(word_of(np.array([3, 1]), np.array([0, 2]), 0)).tolist()
        [3, 1]
    """
    letters = np.frombuffer(word.encode("utf-32-le"), dtype="<u4")
    return letters.astype(np.int64) - FIRST_CHARACTER


def subset_bits(chosen: FloatArray, total: ArrayLike) -> float:
    """Bits that tell which of some things are chosen: how many, then which.

    Args:
        chosen: float64[k], how many, for each of several choices.
        total: float64[k] or a number, of how many.

    Examples:
        >>> round(subset_bits(np.array([1.0]), 3), 3)  # 4 counts are possible, then 3 subsets
        3.585
    """
    size = np.broadcast_to(np.asarray(total, dtype=np.float64), chosen.shape)
    which = gammaln(size + 1) - gammaln(chosen + 1) - gammaln(size - chosen + 1)
    return float((which / np.log(2) + np.log2(size + 1)).sum())


def choice_bits(counts: FloatArray | IntArray) -> float:
    """Bits that tell which of some kinds each thing is: how many of each, then which.

    Args:
        counts: [k], how many there are of each kind.

    Examples:
        >>> round(choice_bits(np.array([2, 1])), 3)  # 4 pairs of counts are possible, then 3 orders
        3.585
    """
    total, kinds = float(counts.sum()), len(counts)
    which = gammaln(total + 1) - gammaln(counts + 1.0).sum()
    how_many = gammaln(total + kinds) - gammaln(total + 1) - gammaln(kinds)
    return float((which + how_many) / np.log(2))
