"""Good or bad: by cues, or learned from the file's own ratings where that is shown to be better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.said import Said, ToneArray
from desirepath.events.feedback.terms import Stems, terms_of
from desirepath.events.feedback.tokens import one_text
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.stats.agreement import balanced_accuracy, balanced_difference
from desirepath.stats.arrays import FloatArray

CLEAR = 0.5  # emotions nearer to 0 are no label
MIN_EACH = 50
FOLDS = 5
SEED = 7
MAX_TEXTS = 10_000
STRENGTH = 3.0
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Compared:
    """Both ways of telling good from bad, tried on rated answers of one language.

    Attributes:
        language: ISO 639 code.
        bad_count: Rated answers that are bad (emotion of at most -0.5).
        good_count: Those that are good.
        rules: Balanced accuracy of the cues; silence counts half, as a coin would do.
        silent_share: Share of these answers of which the cues say nothing.
        learned: Balanced accuracy of what was learned, on answers not learned from; None where too
            few are rated.
        low: Lower end of the difference learned minus rules, at 95 %.
        high: Upper end.
        is_learned: Learned tones are used, because the lower end lies above 0.
    """

    language: str
    bad_count: int
    good_count: int
    rules: float
    silent_share: float
    learned: float | None = None
    low: float | None = None
    high: float | None = None
    is_learned: bool = False

    def words(self) -> str:
        """Both figures in one sentence.

        Examples:
            >>> Compared("en", 60, 80, 0.8, 0.2, 0.85, 0.02, 0.08, True).words()
            'en: cues 80 %, learned 85 % (difference +2 to +8 points) of 140 rated answers; learned is used'
        """
        count = self.bad_count + self.good_count
        if self.learned is None or self.low is None or self.high is None:
            return (
                f"{self.language}: cues {self.rules * 100:.0f} % of {count:,} rated answers; "
                f"too few to learn from ({MIN_EACH} different good and {MIN_EACH} bad ones are needed)"
            )
        way = "learned is used" if self.is_learned else "cues are used"
        return (
            f"{self.language}: cues {self.rules * 100:.0f} %, learned {self.learned * 100:.0f} % "
            f"(difference {self.low * 100:+.0f} to {self.high * 100:+.0f} points) "
            f"of {count:,} rated answers; {way}"
        )


@dataclass(frozen=True, slots=True)
class Tones:
    """Whether each answer's words are good or bad.

    Attributes:
        tones: int8[n], +1 good, -1 bad, 0 nothing said.
        sureness: float64[n], 0.5 a coin to 1 sure; nan where nothing is said.
        compared: Both ways, language by language.
    """

    tones: ToneArray
    sureness: FloatArray
    compared: tuple[Compared, ...]


def tones_of(feedback: Feedback, said: Said) -> Tones:
    """Good or bad, for each answer with words.

    The cues decide; where ratings in the file allow to learn (logistic regression on TF-IDF of words
    and pairs of words) and that is shown to be better on answers not learned from, what was learned
    decides. Equal texts are never learned from and tried at once.

    Args:
        feedback: Answers.
        said: Their themes.

    References:
        Brodersen et al. 2010 (balanced accuracy), ICPR; the five folds are split by text.
    """
    tones = np.where(said.is_read, said.tones, 0).astype(np.int8)
    sureness = _sureness(said, tones)
    emotions = ratings_of(feedback)
    compared = []
    for language in sorted(set(said.languages[said.is_read].tolist())):
        here = np.flatnonzero(said.is_read & (said.languages == language))
        labels = np.where(np.abs(emotions[here]) >= CLEAR, np.sign(emotions[here]), 0)
        rated = np.flatnonzero(np.isfinite(emotions[here]) & (labels != 0))
        if not len(rated) or len(np.unique(labels[rated])) == 1:
            continue
        texts = [str(text) for text in feedback.texts[here]]
        one, chances = _tried(
            language, texts, labels.astype(np.int64), rated, tones[here]
        )
        compared.append(one)
        if one.is_learned and chances is not None:
            tones[here] = np.where(chances >= HALF, 1, -1)
            sureness[here] = np.maximum(chances, 1 - chances)
    return Tones(tones, sureness, tuple(compared))


def ratings_of(feedback: Feedback) -> FloatArray:
    """float64[n], how good each response was by its scores: their mean as an emotion; nan without any."""
    emotions = feedback.emotions
    scored = feedback.is_score
    size = int(feedback.responses.max(initial=-1)) + 1
    rows = feedback.responses[scored]
    counts = np.bincount(rows, minlength=size)
    sums = np.bincount(rows, weights=emotions[scored], minlength=size)
    means = np.full(size, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return np.asarray(means[feedback.responses], dtype=np.float64)


def _sureness(said: Said, tones: ToneArray) -> FloatArray:
    """Share of the cues on the side that won, with one on each side given."""
    from desirepath.events.feedback.cues import side_of  # noqa: PLC0415 - only here

    good = said.counts[:, [side_of(one) == "good" for one in said.names]].sum(axis=1)
    bad = said.counts[:, [side_of(one) == "bad" for one in said.names]].sum(axis=1)
    share = (np.maximum(good, bad) + 1) / (good + bad + 2)
    return np.where(tones == 0, np.nan, share)


def _tried(
    language: str,
    texts: Sequence[str],
    labels: IntArray,
    rated: IntArray,
    by_cues: ToneArray,
) -> tuple[Compared, FloatArray | None]:
    """Both ways compared, and the chance that each text is good by what was learned."""
    if len(rated) > MAX_TEXTS:  # evenly spread, always the same
        rated = rated[np.linspace(0, len(rated) - 1, MAX_TEXTS).astype(np.int64)]
    truth = labels[rated]
    said = by_cues[rated]
    by_rules = np.where(said == 0, HALF, said == truth).astype(np.float64)
    bad, good = int((truth < 0).sum()), int((truth > 0).sum())
    rules, silent = balanced_accuracy(by_rules, truth), float((said == 0).mean())
    if _least_different(texts, rated, truth) < MIN_EACH:
        return Compared(language, bad, good, rules, silent), None
    features = _features(texts, language)
    unseen = _unseen(features, texts, rated, truth)
    is_right = ((unseen >= HALF) == (truth > 0)).astype(np.float64)
    difference = balanced_difference(is_right, by_rules, truth)
    is_better = difference.low > 0
    one = Compared(
        language,
        bad,
        good,
        rules,
        silent,
        balanced_accuracy(is_right, truth),
        difference.low,
        difference.high,
        is_better,
    )
    if not is_better:
        return one, None
    chances = _model().fit(features[rated], truth > 0).predict_proba(features)[:, 1]
    chances[rated] = unseen
    return one, np.asarray(chances, dtype=np.float64)


def _least_different(texts: Sequence[str], rated: IntArray, truth: IntArray) -> int:
    """Number of different texts of the rarer kind."""
    bad = {one_text(texts[one]) for one in rated[truth < 0].tolist()}
    good = {one_text(texts[one]) for one in rated[truth > 0].tolist()}
    return min(len(bad), len(good))


def _features(texts: Sequence[str], language: str) -> Any:
    """Sparse float64[n, terms]; hashed words and pairs, so nothing is learned from texts held back."""
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 - heavy

    stems = Stems(language, keeps_all=True)
    vectorizer = HashingVectorizer(
        analyzer=lambda text: terms_of(text, stems, 2),
        n_features=2**16,
        alternate_sign=False,
        norm=None,
    )
    found = vectorizer.transform(texts)
    # most places of the hash are empty; the time to learn grows with their number
    return found[:, np.unique(found.indices)]


def _model() -> Any:
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - heavy
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415 - heavy

    return make_pipeline(
        TfidfTransformer(sublinear_tf=True),
        # liblinear's primal solver takes no random steps and no threads
        LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear"),
    )


def _unseen(
    features: Any, texts: Sequence[str], rated: IntArray, truth: IntArray
) -> FloatArray:
    """float64[n_rated], chance of being good by models that did not see the text."""
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415 - heavy

    same = [one_text(texts[place]) for place in rated.tolist()]
    groups: BoolArray | IntArray = np.unique(np.array(same), return_inverse=True)[1]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    chances = np.full(len(rated), HALF)
    for learn, hold in folds.split(rated, truth, groups):
        if len(np.unique(truth[learn])) > 1:
            model = _model().fit(features[rated[learn]], truth[learn] > 0)
            chances[hold] = model.predict_proba(features[rated[hold]])[:, 1]
    return chances
