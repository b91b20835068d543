"""Two versions compared: the differences, applied to the first, give the second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frankpledge.web.plans.comparing import (
    Change,
    Item,
    after_of,
    applied,
    before_of,
    compare,
    pieces_of,
)

texts = st.lists(st.sampled_from(["police", "and", "crime", "  ", " ", ",", ".", "\n", "victim's"]), max_size=12).map("".join)  # fmt: skip
items = st.builds(
    lambda key, text, ref: Item(("commitment", key), (("Commitment", text),), (("Ref", ref),)),
    st.sampled_from("abcdefgh"),
    texts,
    st.sampled_from(["1.1", "1.2"]),
)
versions = st.lists(items, unique_by=lambda item: item.identity, max_size=8)


@given(versions, versions)
def test_the_differences_applied_to_the_first_version_give_the_second(first, second):
    assert applied(compare(first, second), first) == second


@given(versions)
def test_a_version_does_not_differ_from_itself(version):
    assert compare(version, version).differences == ()


@given(texts, texts)
def test_pieces_hold_both_texts(before, after):
    pieces = pieces_of(before, after)
    assert (before_of(pieces), after_of(pieces)) == (before, after)
    assert all(piece.text for piece in pieces)


@given(versions, versions)
def test_what_stands_in_both_with_the_same_words_is_not_reworded(first, second):
    old = {item.identity: item.words for item in first}
    for difference in compare(first, second).differences:
        reworded = Change.REWORDED in difference.changes
        assert reworded == (
            difference.identity in old
            and difference.after is not None
            and old[difference.identity] != difference.after.words
        )


def test_words_are_told_apart_and_a_comma_is_not_part_of_one():
    pieces = pieces_of("online by December 2022, without", "online, without")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "online"), ("del", " by December 2022"), ("same", ", without"),
    ]  # fmt: skip


def test_the_fewest_moves_explain_a_new_order():
    a, b, c, d = (Item(("commitment", key)) for key in "abcd")
    found = compare([a, b, c, d], [d, a, b, c])
    assert [d.identity[1] for d in found.of(Change.MOVED)] == ["d"]
