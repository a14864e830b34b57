"""Turns bytes into text: byte order mark, declared encoding, UTF-8, then a guess that is owned up to."""

from __future__ import annotations

import codecs

from briefing.errors import SourceError
from briefing.ingest.document import HEAD, nothing_in_it

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file", "Save its text as .txt, or give the web page that it was printed from."),
    (b"PK\x03\x04", "an office document or ZIP archive", "Unpack it, or save its text as .txt."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save its text as .txt."),
    (b"{\\rtf", "a rich text document", "Save its text as .txt."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it first (gunzip)."),
    (b"\xfd7zXZ", "compressed with xz", "Unpack it first (unxz)."),
    (b"BZh", "compressed with bzip2", "Unpack it first (bunzip2)."),
)
# What the labels mean in practice, as the WHATWG Encoding Standard has it.
_WESTERN = {"ascii", "iso8859-1"}
_SAMPLE = 500_000
_TEXT_CONTROLS = b"\t\n\v\f\r\x1a\x1b"
_MOST_CONTROLS = 0.02
_MOST_BROKEN = 0.001
# Curly quotes, dashes, ellipsis, the euro sign and a few others: the bytes that stray into English text
# from word processors, the same in all Windows code pages.
_WORD_PROCESSOR_BYTES = frozenset(range(0x80, 0xA0)) | {0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB}


def decode(data: bytes, origin: str, declared: str | None = None) -> tuple[str, str | None]:
    """(text, warning): the warning says what was guessed or lost, None where nothing was."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            broken = text.count("\ufffd")
            return text, f"{origin}: {broken} characters were damaged and are replaced" if broken else None
    for candidate in filter(None, (_canonical(declared), "utf-8")):
        try:
            return data.decode(candidate), None
        except UnicodeDecodeError:
            continue
    return _guess(data, origin)


def refuse_unreadable(head: bytes) -> None:
    """Raises SourceError where a document that begins so holds nothing, or no text.

    The error names the format where it is a known one.
    """
    for magic, name, remedy in _MAGIC:
        if head.startswith(magic):
            raise SourceError(f"it is {name}, not text", remedy)
    for mark, _ in _MARKS:
        if head.startswith(mark):
            if len(head) == len(mark):
                raise nothing_in_it()
            return
    if not head.strip() and len(head) < HEAD:
        raise nothing_in_it()
    # A stray one is damage that the rest of the text survives.
    controls = sum(head.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
    if controls > _MOST_CONTROLS * len(head):
        raise SourceError("it is a binary file, not text", "Save it as text in UTF-8, or leave it out.")


def _canonical(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in _WESTERN else name


def _guess(data: bytes, origin: str) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # A file cut in mid-character or patched from two sources is still UTF-8.
    if broken <= max(1, _MOST_BROKEN * len(text)) and sum(map(str.isascii, text)) + broken < len(text):
        return text, f"{origin}: {broken} damaged characters of its UTF-8 were replaced"
    if all(byte in _WORD_PROCESSOR_BYTES for byte in set(data) if byte >= 0x80):
        encoding = "cp1252"
    else:
        from charset_normalizer import from_bytes  # needed by few runs

        best = from_bytes(data[:_SAMPLE]).best()
        encoding = best.encoding if best else "cp1252"
    return (
        data.decode(encoding, "replace"),
        f"{origin} is not UTF-8 and does not say what it is: read as {encoding}. "
        "If letters look wrong, save it as UTF-8.",
    )
