"""L19: a persona nobody described."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements


class UnknownPersona(Rule):
    """A persona is named and described nowhere, or a statement is about one the map does not name.

    Describe personas in the map or in `personas/ID.yaml` of the project folder.
    """

    code = "L19"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Personas that are named only."""
        known = [one if isinstance(one, str) else one.id for one in journey.personas]
        for number, persona in enumerate(journey.personas):
            if isinstance(persona, str):
                yield self.on(
                    "map",
                    ("personas", number),
                    f'the persona "{persona}" is described nowhere',
                    f"Describe it in the map, or in personas/{persona}.yaml of the project folder.",
                )
        for element in elements(journey):
            if isinstance(statement := element.part, Statement):
                name = statement.persona
                if name is not None and name not in known:
                    message = (
                        f'a statement is about "{name}", whom the map does not name'
                    )
                    yield self.at(
                        element, message, did_you_mean(name, known), "persona"
                    )
