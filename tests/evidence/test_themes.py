"""What customers speak of becomes shares of customers, step by step, counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.errors import EvidenceError
from desirepath.events.feedback.answers import Asked, Feedback
from desirepath.events.feedback.columns import words_of
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.evidence.quotes import (
    Quotes,
    choose_quotes,
    read_quotes,
    write_quotes,
)
from desirepath.maps.claims import Claim, MentionsClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
START_US = 1_704_067_200_000_000
LATE = "It came far too late, I waited three weeks for it"
BROKEN = "The page showed an error and the payment failed"
NICE = "The lady in the shop was so friendly to us all"


def written(
    cases: Sequence[int],
    texts: Sequence[str],
    *,
    hint: str = "",
    language: str = "en",
    own: dict[str, tuple[str, ...]] | None = None,
) -> Feedback:
    """Words about cases by their keys, an hour after they began."""
    count = len(cases)
    empty = words_of([""] * count)
    return Feedback(
        customers=np.full(count, -1, dtype=np.int64),
        cases=np.array(cases, dtype=np.int64),
        responses=np.arange(count, dtype=np.int64),
        times_us=np.full(count, START_US + 3_600_000_000, dtype=np.int64),
        questions=(Asked("What else?", None, "text"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=np.full(count, np.nan),
        texts=np.array(texts, dtype=object),
        hints=words_of([hint] * count),
        channels=empty,
        languages=words_of([language] * count),
        own_themes=own or {},
    )


@pytest.fixture
def journey(plan: Plan) -> JourneyMap:
    return plan("look pay")


@pytest.fixture
def sequences(log: Log) -> Sequences:
    return log(*["look pay"] * 40, *["look"] * 40)


def fact(evidence: Evidence, subject: str, theme: str) -> Fact:
    found = evidence.find(subject, "mentions", target=theme)
    assert found is not None
    return found


def claiming(journey: JourneyMap, theme: str, at_least: str) -> JourneyMap:
    claim = Claim(mentions=MentionsClaim(theme=theme, at_least=at_least))
    statement = Statement(id="said", lane="pains", text="They say so", claim=claim)
    stage = journey.stages[0]
    step = stage.steps[-1].model_copy(update={"statements": (statement,)})
    steps = (*stage.steps[:-1], step)
    stages = (stage.model_copy(update={"steps": steps}), *journey.stages[1:])
    return journey.model_copy(update={"stages": stages})


def test_a_share_is_of_customers_with_words_about_the_step(
    journey: JourneyMap, sequences: Sequences
) -> None:
    keys = sequences.case_keys
    texts = [LATE] * 10 + [NICE] * 30 + [BROKEN] * 20 + [""] * 20
    evidence = measure_map(journey, sequences, feedback=written(keys.tolist(), texts))
    late = fact(evidence, "step:pay", "waiting")
    assert (late.hits, late.n, late.value, late.unit) == (10, 40, 0.25, "share")
    assert late.low == pytest.approx(0.1419, abs=1e-4)  # Wilson, 10 of 40
    assert late.source == "feedback"
    everywhere = fact(evidence, "map", "waiting")
    assert (everywhere.hits, everywhere.n) == (10, 60)
    assert evidence.find("step:look", "mentions", target="waiting") is None
    assert "waiting" in evidence.sources["themes"]


def test_a_customer_who_writes_often_counts_once(
    journey: JourneyMap, sequences: Sequences
) -> None:
    key = int(sequences.case_keys[0])
    other = int(sequences.case_keys[1])
    feedback = written([key] * 9 + [other], [LATE] * 9 + [NICE])
    late = fact(measure_map(journey, sequences, feedback=feedback), "map", "waiting")
    assert (late.hits, late.n) == (1, 2)


def test_words_in_a_language_without_cues_are_not_counted(
    journey: JourneyMap, sequences: Sequences
) -> None:
    key = int(sequences.case_keys[0])
    evidence = measure_map(
        journey, sequences, feedback=written([key], ["Het kwam te laat"], language="nl")
    )
    assert not list(evidence.select(None, "mentions"))
    assert "themes" not in evidence.sources


def test_themes_of_the_project_are_counted(
    journey: JourneyMap, sequences: Sequences
) -> None:
    own: dict[str, tuple[str, ...]] = {"parking": ("car park*",)}
    feedback = written([int(sequences.case_keys[0])], ["The car park is full"], own=own)
    evidence = measure_map(journey, sequences, feedback=feedback)
    assert fact(evidence, "map", "parking").hits == 1


@pytest.mark.parametrize(
    ("at_least", "verdict"),
    [("5%", "confirmed"), ("90%", "refuted"), ("25%", "unknown")],
)
def test_a_claim_on_a_theme_gets_a_verdict(
    journey: JourneyMap, sequences: Sequences, at_least: str, verdict: str
) -> None:
    claimed = claiming(journey, "waiting", at_least)
    texts = [LATE] * 10 + [NICE] * 30
    feedback = written(sequences.case_keys[:40].tolist(), texts)
    report = check_map(claimed, measure_map(claimed, sequences, feedback=feedback))
    (found,) = report.of("statement:said")
    assert found.verdict == verdict
    assert found.claim == (
        f"at least {at_least.removesuffix('%')} % of those who write about it speak of “waiting”"
    )
    assert not [gap for gap in report.missing if gap.name == "waiting"]
    assert [gap.name for gap in report.missing if gap.kind == "theme"] == ["helpful"]


def test_a_theme_nobody_knows_gets_a_hint(
    journey: JourneyMap, sequences: Sequences
) -> None:
    claimed = claiming(journey, "waitng", "5%")
    feedback = written([int(sequences.case_keys[0])], [LATE])
    report = check_map(claimed, measure_map(claimed, sequences, feedback=feedback))
    (found,) = report.of("statement:said")
    assert found.verdict == "unknown"
    assert found.reason.startswith(
        'no theme is called “waitng”. Did you mean "waiting"? Known names: '
    )


def test_a_place_nobody_wrote_about_is_unknown(
    journey: JourneyMap, sequences: Sequences
) -> None:
    claimed = claiming(journey, "waiting", "5%")
    feedback = written([int(sequences.case_keys[-1])], [LATE])  # never came to pay
    report = check_map(claimed, measure_map(claimed, sequences, feedback=feedback))
    (found,) = report.of("statement:said")
    assert found.reason == ("nobody wrote about this place in words that could be read")


def test_evidence_holds_no_words(journey: JourneyMap, sequences: Sequences) -> None:
    text = "zanzibar was late, ask ann@shop.example about it, please"
    feedback = written([int(sequences.case_keys[0])], [text])
    evidence = measure_map(journey, sequences, feedback=feedback)
    assert fact(evidence, "map", "waiting").hits == 1
    assert "zanzibar" not in str(evidence.to_dict())


def quoted(
    journey: JourneyMap, sequences: Sequences, texts: Sequence[str], per_theme: int = 3
) -> Quotes:
    keys = sequences.case_keys[: len(texts)].tolist()
    return choose_quotes(journey, sequences, written(keys, texts), per_theme=per_theme)


def test_quotes_are_typical_different_and_of_a_length_to_read(
    journey: JourneyMap, sequences: Sequences
) -> None:
    texts = [
        "late",
        "The parcel came two weeks late and nobody was sorry",
        "The parcel was late, two weeks late, really",
        "THE PARCEL CAME TWO WEEKS LATE AND NOBODY WAS SORRY!!",
        "Zebras and my aunt were late for the opera in Vienna",
        "So late. " + "We went home and had some tea with the neighbors. " * 6,
    ]
    found = quoted(journey, sequences, texts, per_theme=2).of("pay", "waiting")
    assert [one.text for one in found] == texts[1:3]
    everything = quoted(journey, sequences, texts, per_theme=9).of("pay", "waiting")
    assert len(everything) == 3
    assert all(15 <= len(one.text) <= 160 for one in everything)


def test_quotes_leave_private_data_out_and_keep_counts(
    journey: JourneyMap, sequences: Sequences
) -> None:
    text = "Three weeks late, write to ann@shop.example or +49 170 1234567"
    quotes = quoted(journey, sequences, [text, LATE, NICE])
    late = quotes.of("pay", "waiting")
    assert "Three weeks late, write to [email] or [phone]" in [one.text for one in late]
    (count,) = [one for one in quotes.counts if one.theme == "waiting"]
    assert (count.step, count.customers, count.of) == ("pay", 2, 3)
    assert late[0].when == "2024-01-01"
    assert late[0].language == "en"
    # they name no step: they stand where the customer was last, and say so
    assert all(one.by_last for one in late)
    named = choose_quotes(journey, sequences, written([int(sequences.case_keys[0])], [LATE], hint="pay"))  # fmt: skip
    assert [(one.step, one.by_last) for one in named.quotes] == [("pay", False)]


def test_quotes_are_read_as_they_were_written(
    journey: JourneyMap, sequences: Sequences, tmp_path: Path
) -> None:
    quotes = quoted(journey, sequences, [LATE, BROKEN, NICE])
    file = write_quotes(quotes, tmp_path / "new" / "quotes.json")
    assert read_quotes(file) == quotes
    file.write_text(file.read_text().replace("friendly", "fiendish"))
    with pytest.raises(EvidenceError) as error:
        read_quotes(file)
    assert str(error.value) == (
        f"{file}: the file was changed since it was saved [E317]\n"
        "  Choose the quotes again: desirepath feedback quotes MAP --events FILE --feedback FILE -o FILE."
    )


@pytest.mark.parametrize(
    ("content", "code"), [(None, "E315"), ("{", "E316"), ("[]", "E316"), ("{}", "E316")]
)
def test_files_without_quotes_are_refused(
    tmp_path: Path, content: str | None, code: str
) -> None:
    file = tmp_path / "quotes.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(EvidenceError) as error:
        read_quotes(file)
    assert error.value.code == code


def test_quotes_that_cannot_be_written_say_so(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as error:
        write_quotes(Quotes("m", (), ()), tmp_path)
    assert error.value.code == "E314"
