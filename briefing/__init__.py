"""Daily diplomatic briefs in which every line traces to the sentence it came from.

`Desk` is all that a program needs (docs/library.md); importing the package alone loads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.desk import Desk
    from briefing.errors import BriefingError

__version__ = "0.1.0"
__all__ = ["BriefingError", "Desk", "__version__"]


def __getattr__(name: str) -> object:
    """Loads a public name when it is first asked for."""
    if name == "Desk":
        from briefing.desk import Desk

        return Desk
    if name == "BriefingError":
        from briefing.errors import BriefingError

        return BriefingError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
