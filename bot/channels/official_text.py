"""Text on its way into a reply: what XML may carry, what a bubble may hold, where a text may be cut."""

from __future__ import annotations

import re
import unicodedata

# The official page gives no limit; the field reports 2047 bytes of UTF-8 for the passive reply.
LIMIT = 2040

# Not a character of XML 1.0: controls but tab, newline and return; lone surrogates; U+FFFE and U+FFFF.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])

_ZWJ = "\u200d"
_SENTENCE_END = re.compile("[。！？；!?;][”’」』）)]*")


def clean(text: str) -> str:
    """The text without characters that XML 1.0 cannot carry."""
    return ILLEGAL.sub("", text)


def cdata(text: str) -> bytes:
    """A CDATA section that reads back as exactly `clean(text)`, whatever the text holds."""
    try:
        raw = text.encode().translate(None, CONTROLS)
    except UnicodeEncodeError:
        raw = clean(text).encode()
    if b"\xef\xbf" in raw:
        raw = clean(raw.decode()).encode()
    if b"]]>" in raw:
        raw = raw.replace(b"]]>", b"]]]]><![CDATA[>")
    # A bare return would be read back as a newline (XML line ends), so it is sent as one.
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return b"<![CDATA[" + raw + b"]]>"


def byte_size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def fit(text: str, limit: int = LIMIT) -> tuple[str, str]:
    """The part that fits in `limit` bytes of UTF-8, and the rest; joined they are the text.

    Cut at the end of a paragraph or a sentence where one lies in the last third, else between two signs as a reader
    sees them, never inside an emoji family, a flag or a letter with its marks. Only a single sign larger than the
    limit is cut inside.
    """
    if len(text) * 4 <= limit or byte_size(text) <= limit:
        return text, ""
    fits = len(text.encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore"))
    if ILLEGAL.search(text):
        fits = _points_within(text, limit)
    cut = _readable_cut(text, fits) or fits
    while cut > 0 and not is_boundary(text, cut):
        cut -= 1
    cut = cut or max(fits, 1)
    return text[:cut], text[cut:]


def _points_within(text: str, limit: int) -> int:
    size = 0
    for count, sign in enumerate(text):
        size += byte_size(sign)
        if size > limit:
            return count
    return len(text)


def _readable_cut(text: str, fits: int) -> int:
    """The last end of a paragraph, else of a sentence, in the last third of what fits; 0 if there is none."""
    floor = fits * 2 // 3
    newline = text.rfind("\n", floor, fits)
    if newline >= 0:
        return newline + 1
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, fits)]
    return ends[-1] if ends else 0


def is_boundary(text: str, at: int) -> bool:
    """Whether a text may be cut before index `at` without splitting what a reader sees as one sign.

    The rules of Unicode TR29 that matter on a phone: CR LF, marks, joiners, skin tones, tags, flags, Hangul.
    """
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if _extends(after) or (before == _ZWJ and ord(after) > 0x2000) or (before == "\r" and after == "\n"):
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_run(text, at) % 2 == 0
    return not _joins_hangul(before, after)


def _extends(sign: str) -> bool:
    point = ord(sign)
    if point < 0x300:
        return False
    return (
        point == 0x200D
        or point == 0x200C
        or 0xFE00 <= point <= 0xFE0F
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE007F
        or unicodedata.category(sign)[0] == "M"
    )


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flag_run(text: str, at: int) -> int:
    """How many flag halves stand directly before `at`."""
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _joins_hangul(before: str, after: str) -> bool:
    leading = "\u1100" <= before <= "\u115f"
    syllable = "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    if leading:
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    return syllable and "\u1160" <= after <= "\u11ff"
