"""What is kept is equal to what was made, belongs to its rules and its code, and never stands in the way of a start."""

from __future__ import annotations

import io
import marshal
import pickle
import re
import subprocess
from hashlib import blake2b
from pathlib import Path

import pytest

from nlp.keeping import Keeper, digest_of
from nlp.lanes import Lanes
from nlp.lazy import Expression, regex
from nlp.tables import quick_to_miss


def test_a_table_is_made_once_and_read_afterwards(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"路": 1 << 90}

    assert [Keeper(tmp_path / "new").kept("t.table", make) for _ in range(3)] == [{"路": 1 << 90}] * 3
    assert made == [1]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xe9\xff"])
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.table").write_bytes(content)
    assert Keeper(tmp_path).kept("t.table", lambda: [1]) == [1]
    assert Keeper(tmp_path).kept("t.table", lambda: [2]) == [1]


def test_another_text_or_another_code_is_another_name_and_what_is_old_is_thrown_away(tmp_path: Path) -> None:
    names = [f"x-{digest_of([text])}.table" for text in (b"a", b"b")]
    assert len({*names, f"x-{digest_of([b'a'], ('domain',))}.table"}) == 3
    assert digest_of([b"a", b"b"]) != digest_of([b"ab"])
    for name in names:
        Keeper(tmp_path).kept(name, lambda: 1)
    Keeper(tmp_path).only("x-*.table", names[1])
    assert [path.name for path in tmp_path.iterdir()] == [names[1]]


def test_what_is_kept_whole_comes_back_as_it_was(tmp_path: Path) -> None:
    points = 1 << 900
    table = quick_to_miss({"路": points, "灯": points + 0, "水": 3})
    keeper = Keeper(tmp_path)
    keeper.keep("t.whole", (table, [points, points - 1], Lanes(3), re.compile("路+", re.IGNORECASE), regex("灯")))
    recalled = keeper.recall("t.whole")
    assert isinstance(recalled, tuple)
    again, numbers, lanes, *expressions = recalled
    assert again == table
    assert type(again) is type(table)
    assert numbers == [points, points - 1]
    assert again["路"] is again["灯"] is numbers[0], "a number of hundreds of bytes is held once"
    assert lanes.apart(7 << 64) == (0, 0, 7)
    assert all(isinstance(each, Expression) for each in expressions)
    assert [each.search("好路路灯").group() for each in expressions] == ["路路", "灯"]
    assert expressions[0].flags == re.compile("", re.IGNORECASE).flags


def test_an_expression_that_was_used_is_kept_as_it_is_written(tmp_path: Path) -> None:
    used = regex("路(灯|口)")
    assert used.search("路口")
    Keeper(tmp_path).keep("t.whole", used)
    again = Keeper(tmp_path).recall("t.whole")
    assert isinstance(again, Expression)
    assert again.pattern == used.pattern


def _sealed(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest() + content


class _Harm:
    def __reduce__(self) -> tuple[object, ...]:
        return subprocess.check_call, (["false"],)


class _Touch:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return subprocess.check_call, (["touch", str(self.folder / "touched")],)


def test_nothing_but_rules_is_made_of_what_is_kept(tmp_path: Path) -> None:
    out = io.BytesIO()
    pickle.Pickler(out, 5).dump(_Harm())
    (tmp_path / "t.whole").write_bytes(_sealed(marshal.dumps([]) + out.getvalue()))
    with pytest.raises(subprocess.CalledProcessError):
        pickle.loads(out.getvalue())
    assert Keeper(tmp_path).recall("t.whole") is None
    (tmp_path / "touch.whole").write_bytes(_sealed(pickle.dumps(_Touch(tmp_path), 5) + pickle.dumps([1], 5)))
    assert Keeper(tmp_path).recall("touch.whole") is None, "nor in place of the numbers"
    assert not (tmp_path / "touched").exists(), "nothing was called"


@pytest.mark.parametrize(
    "name", [b"nlp.keeping\nos.system", b"nlp.keeping\nPath", b"nlp.keeping\n_private_temporary_dir", b"os\nsystem"]
)
def test_nothing_is_reached_through_a_module_of_ours(tmp_path: Path, name: bytes) -> None:
    module, _, called = name.partition(b"\n")
    short = b"\x8c" + bytes([len(module)]) + module + b"\x8c" + bytes([len(called)]) + called
    forged = b"\x80\x04" + short + b"\x93\x8c\x04true\x85R."  # names it, and calls it with "true"
    (tmp_path / "t.whole").write_bytes(_sealed(marshal.dumps([]) + forged))
    assert Keeper(tmp_path).recall("t.whole") is None


def test_what_is_spoilt_or_was_not_written_by_us_alone_is_not_recalled(tmp_path: Path) -> None:
    keeper, path = Keeper(tmp_path), tmp_path / "t.whole"
    assert keeper.recall("t.whole") is None
    keeper.keep("t.whole", {"路": 1})
    assert keeper.recall("t.whole") == {"路": 1}
    good = path.read_bytes()
    for bad in (b"", good[:-1], good.replace("路".encode(), "灯".encode()), _sealed(b""), _sealed(b"nonsense")):
        path.write_bytes(bad)
        assert keeper.recall("t.whole") is None
    path.write_bytes(good)
    path.chmod(0o666)
    assert keeper.recall("t.whole") is None
    path.chmod(0o600)
    assert keeper.recall("t.whole") == {"路": 1}
