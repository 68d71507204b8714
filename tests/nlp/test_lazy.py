"""An expression that is compiled when first used does whatever a compiled one does."""

from __future__ import annotations

import re

import pytest

from nlp.lazy import Expression, regex

PATTERN = r"(?P<who>[我你])(?:家)?的(灯|井)?"
TEXT = "我家的灯和你的井，我的"


def test_nothing_is_compiled_before_the_first_use() -> None:
    broken = regex("(?:没写完")
    assert broken.pattern == "(?:没写完"
    with pytest.raises(re.error):
        broken.search("没写完")


def test_after_the_first_use_the_methods_are_those_of_the_compiled_one() -> None:
    lazy = regex(PATTERN)
    assert "search" not in vars(lazy)
    assert lazy.search(TEXT)
    assert vars(lazy)["fullmatch"].__self__ == re.compile(PATTERN)


def test_it_says_what_a_compiled_one_says() -> None:
    eager = re.compile(PATTERN)
    for at, name in enumerate(("search", "match", "fullmatch", "finditer", "findall", "split")):
        found, right = (getattr(each, name)(TEXT) for each in (regex(PATTERN), eager))
        if name == "finditer":
            found, right = ([each.span() for each in hits] for hits in (found, right))
        elif at < 3:
            found, right = (hit and (hit.span(), hit.groupdict()) for hit in (found, right))
        assert found == right
    assert regex(PATTERN).sub("他", TEXT, count=1) == eager.sub("他", TEXT, count=1)
    assert regex(PATTERN).subn("他", TEXT) == eager.subn("他", TEXT)
    second = regex(PATTERN).search(TEXT, 3, 8)
    assert second is not None
    assert second.span() == (5, 8)


def test_flags_hold() -> None:
    assert regex("wx", re.IGNORECASE).fullmatch("WX")
    assert regex("wx").fullmatch("WX") is None
    assert regex("wx", re.IGNORECASE).flags == re.compile("wx", re.IGNORECASE).flags


def test_what_it_has_not_is_missed_as_ever() -> None:
    with pytest.raises(AttributeError):
        Expression("灯").__wrapped__  # noqa: B018
    with pytest.raises(AttributeError):
        Expression("灯").nothing  # noqa: B018
