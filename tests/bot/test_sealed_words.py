"""What a villager says in confidence stands nowhere in clear: no row, no file, no keeper's phone; it reaches its readers."""

from __future__ import annotations

import pytest

from tests.bot.town import CHEN, WANG, Town
from tests.storage.test_matters import spoken_of

SECRETS = {
    "a cadre blamed": ("村主任把低保给了他小舅子，还收了三千块钱", "小舅子"),
    "violence at home": ("我男人昨晚又打我，拿皮带抽的，脸都肿了", "皮带"),
    "despair": ("活着没意思，我不想活了，农药都买好了", "农药"),
}


@pytest.mark.parametrize("name", SECRETS)
async def test_what_is_said_in_confidence_stands_nowhere_in_clear(town: Town, name: str) -> None:
    words, mark = SECRETS[name]
    async with town.house():
        said = await town.say(WANG, words)
        assert len(said.texts) == 1
        await town.settled()
        sealed = [row for row in town.rows("matters") if row.is_sealed]
        assert len(sealed) == 1
        assert sealed[0].contact_id is None
        assert sealed[0].reporter_id is None
    assert spoken_of(town.database, mark) == []
    assert all(mark not in text for text in town.texts(CHEN))
    if name != "despair":
        assert town.texts(CHEN) == []
