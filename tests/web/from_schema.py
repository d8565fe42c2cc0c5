"""Values that fit a schema of the API's description, and values that nearly do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

# Names that mean something on the map of the tests, so that more than refusals are tried.
KNOWN = ("map", "step:pay", "pains", "goal.text", "shop", "a0V", "viewer", "I pay", "a sentence that is long enough")  # fmt: skip
RARE = ("", " ", "\x00", "\ud800", "😀", "支払う", "ادفع", "../..", "a/b", "%2e", "'; --", "x" * 400, "\n", "<b>", "null", "true", "1e400")  # fmt: skip
JUNK: st.SearchStrategy[Any] = st.sampled_from((None, True, False, 0, -1, 2**63, 2**200, 0.5, -0.0, 1e308, [], [[]], {}, {"": None}, *RARE))  # fmt: skip
DEEPEST = 3


REFS = st.sampled_from(("map", "step:pay", "stage:buy", "statement:slow", "step:new", "statement:new", "lane:pains", "lane:new"))  # fmt: skip
# What fits where by its name.
OF_NAME = {
    "password": st.just("a sentence that is long enough"),
    "ref": REFS,
    "at": REFS,
    "field": st.sampled_from(("name", "title", "text", "goal.text", "owner", "id")),
    "lane": st.sampled_from(("pains", "gains", "")),
    "pos": st.sampled_from(("", "a0", "a0V", "a1")),
    "name": st.text(min_size=1, max_size=20),
    "value": st.sampled_from(("I pay by card", None, 3)),
    "fields": st.sampled_from(({"name": "New"}, {"text": "New"}, {})),
}
# Made once: Hypothesis looks into the source of each strategy it meets for the first time.
TEXTS = st.one_of(st.sampled_from(KNOWN), st.sampled_from(RARE), st.text(max_size=20))
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(JUNK, TEXTS),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(TEXTS, inside, max_size=3)
    ),
    max_leaves=6,
)


PLAIN: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "string": lambda _: TEXTS,
    "integer": lambda one: st.integers(one.get("minimum"), one.get("maximum")),
    "number": lambda _: st.floats(allow_nan=False, allow_infinity=False),
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
}


def values(
    schema: dict[str, Any], components: dict[str, Any], level: int = 0
) -> st.SearchStrategy[Any]:
    """Values that fit a schema, as far as Pydantic writes schemas."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return values(components["schemas"][name], components, level)
    choices = schema.get("anyOf", schema.get("oneOf", []))
    if choices:
        shallow = [one for one in choices if level < DEEPEST or not _is_deep(one)]
        return st.one_of(*(values(one, components, level + 1) for one in shallow))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind == "array":
        inside = values(schema.get("items", {}), components, level + 1)
        return st.lists(inside, max_size=3)
    if kind == "object":
        return _objects(schema, components, level)
    return PLAIN[kind](schema) if kind in PLAIN else ANYTHING


def _is_deep(schema: dict[str, Any]) -> bool:
    return str(schema.get("$ref")).endswith("/Together")


def _objects(
    schema: dict[str, Any], components: dict[str, Any], level: int
) -> st.SearchStrategy[Any]:
    known = schema.get("properties", {})
    needed = set(schema.get("required", [])) | ({"do"} & set(known))
    if not known:
        return st.dictionaries(TEXTS, ANYTHING, max_size=3)
    made = {
        name: OF_NAME[name] | OF_NAME[name] | values(one, components, level + 1)
        if name in OF_NAME
        else values(one, components, level + 1)
        for name, one in known.items()
    }
    return st.fixed_dictionaries(
        {name: one for name, one in made.items() if name in needed},
        optional={name: one for name, one in made.items() if name not in needed},
    )


@st.composite
def nearly(draw: st.DrawFn, fitting: st.SearchStrategy[Any]) -> Any:
    """A value that fits, or one of which something is left out, added or replaced."""
    value = draw(fitting)
    how = draw(st.sampled_from(("fits", "fits", "without", "more", "other", "junk")))
    if not isinstance(value, dict) or how == "fits":
        return value
    if how == "junk":
        return draw(ANYTHING)
    if how == "more" or not value:
        return value | {draw(TEXTS): draw(ANYTHING)}
    name = draw(st.sampled_from(sorted(value)))
    if how == "other":
        return value | {name: draw(ANYTHING)}
    return {key: one for key, one in value.items() if key != name}
