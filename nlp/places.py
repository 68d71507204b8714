"""Names of places carry letters that mean nothing there (桥 of a Bridge Village): they are taken out before topics
are scored, and are a first hint of where the matter is."""

from __future__ import annotations

import re

_NAME = r"[^\W\d_A-Za-z请求反映咨询投诉举报建议希望关于硬化修路灯水电的了在给对把被和与我们咱你他]"
_CODED = r"[A-Z]\d{0,3}(?:县市|县县|市县|[县市区州])"
_COUNTY = rf"{_NAME}{{2,3}}?(?:自治县|县|市|区|州)"
_TOWN = rf"{_NAME}{{1,4}}?(?:瑶族乡|街道(?:办事处|办)?|办事处|镇|乡)"
_NO_VILLAGE = "级干委里口支上小医镇庄集规务容头组社子外道路部"  # 村级, 村口, 村规 are no names
_VILLAGE = rf"{_NAME}{{1,4}}?(?:社区|居委会|自然村|新村|(?=村民)|(?<!农)村(?![{_NO_VILLAGE}]))"
_GROUP = (
    rf"(?:{_NAME}{{1,4}}?|第?[一二三四五六七八九十\d]{{1,3}})(?:组(?![长级员织])|(?<![用作销行])社(?![区会员长保]))"
)

_CHAIN = re.compile(
    rf"(?:{_CODED})+(?:{_COUNTY})?(?:{_TOWN})?(?:{_VILLAGE})*(?:{_GROUP})?"
    rf"|(?:{_COUNTY})?{_TOWN}(?:{_VILLAGE})+(?:{_GROUP})?"
)
_HAS = re.compile(r"[镇乡]|街道|办事处|[A-Z]\d{0,3}[县市区州]")


def split_place(text: str) -> tuple[str, str]:
    """Return the text without the chains of place names in it, and the first such chain ("" if none).

    A single name (兴河村) stays: alone it is too easily a word of the matter.
    """
    if _HAS.search(text) is None:
        return text, ""
    found = _CHAIN.search(text)
    if found is None:
        return text, ""
    return _CHAIN.sub("", text), found.group()
