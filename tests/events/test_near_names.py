"""Names that are probably one, and rules that make them one and touch nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desirepath.events.names import first_rules
from desirepath.events.near_names import (
    NameGroup,
    rules_for,
    spelling_key,
    suggest_names,
)
from desirepath.events.pages import id_names, page_names
from desirepath.events.schema import NameRule


def named(names: list[str], rules: tuple[NameRule, ...]) -> dict[str, str]:
    first = first_rules(names, rules).tolist()
    return {
        name: name if number < 0 else rules[number].name
        for name, number in zip(names, first, strict=True)
    }


def outcome(*names: str) -> dict[str, str]:
    return named(list(names), suggest_names(dict.fromkeys(names, 1)).rules)


def test_casing_punctuation_and_plural_are_one_spelling() -> None:
    keys = {spelling_key(name) for name in ("AddToCarts", "add to-cart", "ADD_TO_CART")}
    assert keys == {"add to cart"}


def test_words_that_differ_are_two_spellings() -> None:
    assert spelling_key("cart open") != spelling_key("cart opened")
    assert spelling_key("step 1") != spelling_key("step 2")
    assert spelling_key("検索") != spelling_key("購入")


def test_the_most_frequent_spelling_gives_the_name() -> None:
    found = suggest_names({"Add to cart": 5, "add_to_cart": 9, "pay": 3})
    assert found.groups == (
        NameGroup(
            "spelling", "add_to_cart", ("add_to_cart", "Add to cart"), 14, is_sure=True
        ),
    )


def test_urls_become_pages() -> None:
    assert outcome(
        "/product/123?x=y",
        "/product/77?ref=mail",
        "/product/compare",
        "/cart?step=1",
        "/cart",
        "/carts-and-more",
    ) == {
        "/product/123?x=y": "/product/*",
        "/product/77?ref=mail": "/product/*",
        "/product/compare": "/product/compare",
        "/cart?step=1": "/cart",
        "/cart": "/cart",
        "/carts-and-more": "/carts-and-more",
    }


def test_one_host_goes_and_several_stay() -> None:
    one = page_names(["https://shop.example/a/1", "https://shop.example/a/100"])
    assert set(one.values()) == {"/a/*"}
    two = page_names(["https://a.example/x", "https://b.example/x"])
    assert set(two.values()) == {"https://a.example/x", "https://b.example/x"}


def test_a_page_with_many_below_it_stands_for_them() -> None:
    slugs = [f"/blog/{chr(97 + i)}{chr(97 + j)}" for i in range(5) for j in range(5)]
    assert set(page_names(slugs).values()) == {"/blog/*"}
    sections = [f"/{chr(97 + i)}{chr(97 + j)}" for i in range(5) for j in range(5)]
    assert len(set(page_names(sections).values())) == 25


def test_steps_of_a_form_are_no_ids() -> None:
    steps = ["/apply/step/1", "/apply/step/2", "/apply/step/3"]
    assert list(page_names(steps).values()) == steps
    assert id_names(["step 1", "step 2", "error 404", "error 500"]) == {}


def test_ids_in_names_are_stripped() -> None:
    found = id_names(
        [
            "order 20418 sent",
            "opened 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "mail to ann@example.org",
            "file 9f86d081884c7d65",
        ]
    )
    assert list(found.values()) == ["order * sent", "opened *", "mail to *", "file *"]


def test_short_numbers_are_ids_where_many_names_differ_in_them_alone() -> None:
    rooms = [f"room {number}" for number in range(12)]
    assert set(id_names(rooms).values()) == {"room *"}


def test_a_star_that_would_catch_another_name_is_kept_off_it() -> None:
    assert outcome("order 20418 sent", "order 20419 sent", "order was not sent") == {
        "order 20418 sent": "order * sent",
        "order 20419 sent": "order * sent",
        "order was not sent": "order was not sent",
    }


def test_typing_errors_are_doubtful() -> None:
    found = suggest_names({"checkout": 900, "chekcout": 3, "checkout 2": 5})
    assert found.rules == ()
    assert found.doubtful_rules == (NameRule("chekcout", "checkout"),)


def test_two_frequent_names_are_no_typing_error() -> None:
    assert suggest_names({"checkout": 900, "checkouts x": 700}).groups == ()


def test_families_are_doubtful_and_need_company() -> None:
    loan = {f"{family}_{word}": 1 for family in "AWO" for word in ("ab", "cde", "fghi")}
    found = suggest_names(loan)
    assert found.rules == ()
    assert [rule.pattern for rule in found.doubtful_rules] == ["A_*", "O_*", "W_*"]
    alone = {name: 1 for name in loan if name.startswith("A")}
    assert suggest_names(alone).groups == ()


def test_settled_names_stay_and_draw_others_to_them() -> None:
    found = suggest_names({"Pay now": 90, "pay_now": 1}, settled={"pay_now"})
    assert found.rules == (NameRule("Pay now", "pay_now"),)
    assert suggest_names({"a/1": 1, "A 1": 1}, settled={"a/1", "A 1"}).rules == ()


NAMES = st.dictionaries(
    st.text("ab/1", min_size=1, max_size=6),
    st.sampled_from(["a", "a*", "/a/*", "*b", "b/*/a", "/*"]),
    max_size=12,
)


@given(NAMES)
def test_rules_give_every_activity_the_name_wanted(wanted: dict[str, str]) -> None:
    assert named(list(wanted), rules_for(wanted)) == wanted


@given(
    st.dictionaries(
        st.text("aAb_ /12", min_size=1, max_size=8), st.integers(1, 99), max_size=20
    )
)
def test_what_is_suggested_twice_is_suggested_once(counts: dict[str, int]) -> None:
    rules = suggest_names(counts).rules
    after: dict[str, int] = {}
    for name, now in named(list(counts), rules).items():
        after[now] = after.get(now, 0) + counts[name]
    settled = {rule.name for rule in rules}
    assert suggest_names(after, settled).rules == ()
