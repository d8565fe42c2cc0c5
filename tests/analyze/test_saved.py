from __future__ import annotations

import json

import pytest
from tests.analyze.test_reading import finding, report

from desirepath.analyze.finding import Section
from desirepath.analyze.saved import analysis_from
from desirepath.errors import CheckError
from desirepath.sentences.phrase import Phrase


def test_a_kept_analysis_says_what_it_said() -> None:
    title = Phrase("section.low_points")
    made = report(Section("low_points", title, (finding("step:pay", 40, 0.2),)))
    again = analysis_from(json.loads(json.dumps(made.to_dict())))
    assert again == made
    assert again.first() == made.first()


@pytest.mark.parametrize("data", [None, [], {}, {"format": "desirepath/analysis/2"}])
def test_something_else_is_no_analysis(data: object) -> None:
    with pytest.raises(CheckError) as caught:
        analysis_from(data)
    assert caught.value.code == "E407"
    assert 'expected format "desirepath/analysis/1"' in str(caught.value)


def test_half_an_analysis_says_where_it_is_broken() -> None:
    data = report().to_dict() | {"cases": "many"}
    with pytest.raises(CheckError) as caught:
        analysis_from(data)
    assert "cases is not what an analysis holds" in str(caught.value)
