"""Datelines: "WASHINGTON (AP) —", "ISLAMABAD:", "( cnn ) --"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.summarise.condense.rules import DatelineRule

_DASH = r"(?:—|–|--|-)"
_DATE = r"(?P<date>,? [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?"
_REGION = r"(?:, [A-Z][\w.]*(?: [A-Z][\w.]*){0,2})?"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2}"
# Labels of a text, in capitals like a place.
_LABEL = re.compile(r"(?:FILE|UPDATE|BREAKING|WATCH|VIDEO|PHOTOS?|OPINION|ANALYSIS|EXCLUSIVE|CORRECTED)\b")
# What is left must still be a sentence.
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Dateline:
    """A dateline that ends at an offset of the text; `dated` where it holds a day, and so must stay.

    `place` is where the place stands in the text.
    """

    end: int
    place: tuple[int, int] | None
    dated: bool


class DatelineFinder:
    """Finds the dateline that a sentence opens with."""

    def __init__(self, rule: DatelineRule) -> None:
        agency = "|".join(re.escape(name) for name in sorted(rule.agencies, key=len, reverse=True))
        source = rf"\( ?(?i:{agency}) ?\)"
        place = r"(?P<place>[^\W\d_][^\W\d_.'’-]*(?:[ .'’-]+[^\W\d_]+){0,2}?)"
        self._forms = [
            # "WASHINGTON (AP) —", "Dera Ismail Khan, April 3 (Reuters) -"
            re.compile(rf"{place}(?: ?, ?[^\W\d_](?:[^\W\d_]|[. ]){{0,20}}?)?{_DATE} {source} ?{_DASH} *"),
            # "(CNN) --", "(CNN)The"
            re.compile(rf"{source} ?(?:{_DASH} *)?"),
        ]
        # "PARIS — ", at the very start of an article or where the place is known.
        self._dashed = re.compile(rf"(?P<place>{_CAPITALS}){_REGION}{_DATE} {_DASH} ?(?=\S)")
        self._colon = re.compile(rf"(?P<place>{_CAPITALS}){_DATE} ?: ?(?=\S)")
        self._places = frozenset(rule.places)

    def at(self, text: str, start: int, end: int) -> Dateline | None:
        """The dateline of the sentence text[start:end], which must open a line."""
        if text[:start].rstrip(" \t").rpartition("\n")[2]:
            return None
        found = next((match for form in self._forms if (match := form.match(text, start, end))), None)
        if found is None:
            match = self._dashed.match(text, start, end) or self._colon.match(text, start, end)
            first = not text[:start].strip() and not _LABEL.match(text, start)
            if match and (match["place"].lower() in self._places or (first and ":" not in match[0])):
                found = match
        if found is None or len(text[found.end() : end].split()) < _FEWEST_WORDS:
            return None
        groups = found.groupdict()
        place = found.span("place") if groups.get("place") else None
        return Dateline(found.end(), place, bool(groups.get("date")))
