"""First looks: what hardly any message holds is asked before anything dearer, and nothing that is meant is missed by it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import anonymous, danger_before, danger_over, pleas, rating_again, rating_words, remarks


def _told(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern.pattern), fullmatch=True, alphabet=st.characters(codec="utf-8"))


LOOKS = [
    (danger_over.MAY_END, [danger_over._OVER, danger_over._ENDED, danger_over._WELL]),
    (danger_over.MAY_ERR, [danger_over._ERRED, danger_over._FALSE, danger_over._INSTEAD]),
    (danger_before.MAY_BE_WORSE, [danger_before._WORSE]),
    (
        anonymous.MAY_BE,
        [pleas._PLEA, anonymous._WONT_YOU, anonymous._GIVEN, anonymous._AFTER, anonymous._FEARS, anonymous._THANKS],
    ),
    (
        rating_again.MAY_BE,
        [
            *(remarks._FAILS_AGAIN, remarks._DENIES, remarks._DONE_BUT, remarks._FAILED),
            *(rating_words._SLIP, rating_again._DIGIT, rating_again._WANTS_BACK),
        ],
    ),
]


@pytest.mark.parametrize(("look", "forms"), LOOKS, ids=["end", "err", "worse", "anonymous", "again"])
@given(data=st.data())
def test_whatever_is_meant_passes_the_first_look(
    look: re.Pattern[str], forms: list[re.Pattern[str]], data: st.DataObject
) -> None:
    for form in forms:
        said = data.draw(_told(form))
        assert look.search(said), (form.pattern, said)


@given(st.one_of(*map(_told, (remarks._FAILED, remarks._DONE_BUT, remarks._FINE, remarks._FAIR, remarks._SO_SO))))
def test_what_fails_is_the_lowest_score(said: str) -> None:
    assert remarks.fails(said) == (remarks.how_it_is(said) == "3")
