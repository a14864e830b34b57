"""The seal: a last line by which a report shows that nobody has changed it since it was written.

    <!-- briefing sha256:9f86d081… -->

The digest is the sha256 of everything before that line, in UTF-8.  It is a checksum against edits that
went unnoticed, not a signature: whoever can change the report can also write a new seal.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

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


def _digest(report: str) -> str:
    # A lone surrogate cannot be encoded otherwise; JSON input may hold one.
    return hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()
