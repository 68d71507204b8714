from __future__ import annotations

import pytest

from bench.danger_refit import main
from nlp.lexicon import Lexicon
from nlp.refit_tone import Pull, ToneLine, refit_tone
from nlp.tone import Tone, compile_tone
from nlp.words import wording_of
from storage.rule_rows import Row

PULL = Pull(firm=0.1, lines=2)
LINES = [
    *(ToneLine(text, True) for text in ("猫叼火", "房火猛", "车火猛", "昨天火猛")),
    *(ToneLine(text, False) for text in ("路灯坏", "灯昨天坏", "桌坏", "门坏", "水坏")),
]


@pytest.fixture(scope="module")
def tone() -> Tone:
    words = [{"side": "danger", "word": "火", "weight": "3"}, {"side": "danger", "word": "远", "weight": "9"}]
    signs = [
        {"side": "calm", "pattern": "{往日}", "weight": "2", "example": "昨天"},
        {"side": "danger", "pattern": "喊人", "weight": "7", "example": "喊人"},
    ]
    rows = [[Row("t.csv", at, each) for at, each in enumerate(table, 2)] for table in (words, signs)]
    return compile_tone(rows[0], rows[1], ("danger", "calm"), {"往日": ("昨天", "前天")})


def test_what_speaks_for_a_side_gets_its_weight_and_what_no_line_holds_leaves_or_stays(tone: Tone) -> None:
    base, words, signs = refit_tone(tone, LINES, PULL)
    assert words["火"] > 3
    assert words["坏"] < 0
    assert "叼" not in words  # in one line only
    assert "远" not in words
    assert signs[0] < 0  # the meaning of a sign does not turn
    assert signs[1] == 7
    points = {line.text: base + sum(words.get(letter, 0) for letter in line.text) for line in LINES}
    assert min(points[line.text] for line in LINES if line.is_first) > max(
        points[line.text] for line in LINES if not line.is_first
    )


def test_what_is_known_besides_is_not_learned_again(tone: Tone) -> None:
    given = [line._replace(given=60 if line.is_first else -60) for line in LINES]
    assert refit_tone(tone, given, PULL).words.get("火", 0) <= 5 < refit_tone(tone, LINES, PULL).words["火"]


def test_the_same_lines_give_the_same_weights_and_none_of_less_than_two_points(tone: Tone) -> None:
    weights = refit_tone(tone, LINES, PULL)
    assert weights == refit_tone(tone, LINES, PULL)
    assert min(map(abs, weights.words.values())) >= 2


def test_a_spot_and_a_letter_are_not_weighed_and_a_matter_of_every_day_counts_less(lexicon: Lexicon) -> None:
    plain, spotted = wording_of(lexicon, "路灯坏了"), wording_of(lexicon, "老井边这边，路灯坏了")
    assert plain is not None
    assert plain == spotted
    assert plain.found is None
    fire = wording_of(lexicon, "柴房着火了快来人")
    assert fire is not None
    assert fire.found == 15
    assert plain.alone < fire.alone
    assert wording_of(lexicon, "路灯坏了" * 20) is None


def test_the_command_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert "danger_refit OUT" in capsys.readouterr().out
