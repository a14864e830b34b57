"""Tells what kind of input a document is: by its name, by what the server said, by its first bytes."""

from __future__ import annotations

import json
import re
from typing import Literal

from briefing.ingest.document import Document

Kind = Literal["text", "markdown", "html", "mail", "mbox", "json", "jsonlines", "feed"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "mail",
    ".mbox": "mbox",
    ".json": "json",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
_MEDIA_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/json": "json",
    "application/x-ndjson": "jsonlines",
    "application/jsonl": "jsonlines",
    "application/x-jsonlines": "jsonlines",
    "text/markdown": "markdown",
    "message/rfc822": "mail",
    "application/mbox": "mbox",
}
_FEED = re.compile(rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PROLOGUE = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL | re.IGNORECASE
)
_HTML = re.compile(
    rb"<(?:!DOCTYPE\s+html|html|head|body|title|meta|article|main|div|p|h1)[\s>]", re.IGNORECASE
)
_MBOX = re.compile(rb"From \S+.*\d{4}[^\n]*\n[!-9;-~]+:")
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL_HEADERS = re.compile(
    rb"^(?:From|To|Received|Message-ID|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)


def kind_of(document: Document) -> Kind:
    """The kind that the name or the server states, where the content does not show another."""
    if stated := SUFFIXES.get(document.suffix) if document.url is None else None:
        # An .xml file can be XHTML; every other suffix means what it says, and the reader complains.
        return "html" if stated == "feed" and sniff(document.head()) == "html" else stated
    shown = sniff(document.head())
    by_type = _MEDIA_TYPES.get(document.media_type or "")
    if by_type == "json":  # also sent for JSON lines
        return "jsonlines" if shown == "jsonlines" else "json"
    if by_type == "html" and shown == "feed":  # sent by many servers that do not know better
        return "feed"
    if by_type:
        return by_type
    return shown if shown != "text" else SUFFIXES.get(document.suffix, "text")


def sniff(head: bytes) -> Kind:
    """The kind that the first bytes show; "text" where they show nothing."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    stripped = head.lstrip()
    if stripped.startswith(b"["):
        return "json" if re.match(rb"\[\s*(?:\{|\])", stripped) else "text"
    if stripped.startswith(b"{"):
        first, newline, _ = stripped.partition(b"\n")
        # JSON laid out for reading has a line break long before the head ends.
        return "jsonlines" if not newline or _is_json(first) else "json"
    if stripped.startswith(b"<"):
        prologue = _PROLOGUE.match(stripped)
        root = stripped[prologue.end() :] if prologue else stripped
        if _FEED.match(root):
            return "feed"
        if _HTML.match(stripped) or _HTML.match(root):
            return "html"
        return "feed" if stripped.startswith(b"<?xml") else "text"
    head = head.replace(b"\r\n", b"\n")
    if _MBOX.match(head):
        return "mbox"
    header = _HEADER.match(head)
    if header and _MAIL_HEADERS.search(header[0]) and head[header.end() : header.end() + 1] in (b"\n", b""):
        return "mail"
    return "text"


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
