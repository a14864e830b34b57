"""The seal: a last line by which a report shows that nobody has changed it since it was written.

    <!-- briefing sha256:9f86d081… -->

The digest is the sha256 of everything before that line, in UTF-8.  It is a checksum against edits that
went unnoticed, not a signature: whoever can change the report can also write a new seal.

By it, and by the marks below, `briefing` knows what it wrote itself and reads none of it as an article.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Literal

# Who made a page or a mail, as its <meta name="generator"> or its X-Mailer says.
GENERATOR = "briefing"
# The line in a file of comments that says which story they are on.
STORY_MARKER = re.compile(r"<!-- story ([\w.-]+):((?: [0-9a-f]{12})*) -->")
# What the JSON that we print holds, beside its number of the schema.
_OWN_KEYS = frozenset({"stories", "article", "items"})

# Any line that begins as a seal counts as one, so that a damaged seal reads as "changed", not as "absent".
_SEAL = re.compile(r"^<!-- briefing sha256:(?P<digest>[^\r\n]*?) -->[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def seal(markdown: str) -> str:
    """The report with its seal as the last line, in place of any that it had."""
    report = unsealed(markdown)
    if report and not report.endswith("\n"):
        report += "\n"
    return f"{report}<!-- briefing sha256:{_digest(report)} -->\n"


def unsealed(markdown: str) -> str:
    """The report without its seal: what readers get to see."""
    return _SEAL.sub("", markdown)


def check_seal(markdown: str) -> Literal["intact", "changed", "absent"]:
    """Whether the report is still what was sealed.

    "changed" covers every edit: above the seal, of the seal, or text added below it.
    """
    seals = list(_SEAL.finditer(markdown))
    if not seals:
        return "absent"
    last = seals[-1]
    intact = _digest(markdown[: last.start()]) == last["digest"] and not markdown[last.end() :].strip()
    return "intact" if intact else "changed"


def is_own(text: str) -> bool:
    """Whether a text is a report or a file of comments of ours."""
    return _SEAL.search(text) is not None or STORY_MARKER.search(text) is not None


def is_own_object(content: Mapping[str, object]) -> bool:
    """Whether an object of JSON is one that we print: a brief, changes, or a line for an article."""
    return "schema" in content and "text" not in content and not _OWN_KEYS.isdisjoint(content)


def _digest(report: str) -> str:
    # A lone surrogate cannot be encoded otherwise; JSON input may hold one.
    return hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()
