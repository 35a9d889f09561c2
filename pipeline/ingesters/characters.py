"""Bytes to characters, and characters that print nothing taken out."""

from __future__ import annotations

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CHARSET = re.compile(rb"""(?:charset\s*=|encoding\s*=)\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
LIGATURES = {0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def decode(data: bytes, *, declared: bool = False) -> str:
    """The text of `data`: by byte order mark, as UTF-8, as it declares itself, or as Windows-1252.

    `declared` trusts a `charset=` or `encoding=` near the beginning (markup), though not over UTF-8 that
    decodes: pages say iso-8859-1 and are not. Bytes that no encoding explains become U+FFFD.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = CHARSET.search(data[:2048]) if declared else None
    if said:
        try:
            name = codecs.lookup(said[1].decode("ascii")).name
            if name not in ("iso8859-1", "ascii") and not name.startswith("utf-16"):
                return data.decode(name, errors="replace")
        except (LookupError, UnicodeError):
            pass
    return data.decode("cp1252", errors="replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Western text is zero."""
    sample = data[:512]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def visible(text: str) -> str:
    """`text` without controls, direction marks and other characters that print nothing (line ends and tabs stay), and
    with letters that a font draws as one apart."""
    return text if text.isascii() and text.isprintable() else INVISIBLE.sub("", text).translate(LIGATURES)


def tidy(text: str) -> str:
    """`text` on one line: every run of white space, of whatever kind, is one space."""
    return " ".join(text.split())


def superscript(text: str) -> str:
    """Digits raised, so that the mark of a footnote does not become a figure's last digit."""
    return text.translate(SUPERSCRIPTS)
