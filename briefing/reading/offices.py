"""What an office says of its holder: the state it belongs to, its portfolio, whether it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.reading.data import Offices
from briefing.reading.lexicon import Lexicon, plain

# "the ambassador to Vanuatu" does not speak for Vanuatu, nor "the envoy for Syria" for Syria.
_CAPITALS = re.compile(r"[A-Z][\w’'&.-]*(?: (?:of|for|and|the) (?=[A-Z])|(?: [A-Z][\w’'&.-]*))*")
_PLURAL = re.compile(r"(?i)(advis[eo]r|minister|president|premier|chancellor)s\b")
# Bodies that speak for themselves, whatever state they name.
_PRIVATE = frozenset("association society institute foundation university college church cross".split())
_LONGEST_STATE = 3  # words
_LINKS = (" to ", " for ", " on ", " in ")


class OfficeReader:
    """Reads offices, as the text writes them."""

    def __init__(self, offices: Offices, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._bodies = frozenset(offices.of_a_body)
        self._heads = frozenset(offices.heads)
        self._past = frozenset(offices.past)
        self._of_offices = self._heads | self._past | {*offices.parts, *offices.portfolios}
        self._abbreviations = offices.abbreviations
        self._of_one_state = [
            (phrase, state) for state, phrases in offices.of_one_state.items() for phrase in phrases
        ]
        self._regional = offices.of_a_region
        self._legislators = offices.legislators
        self.parliament_of = offices.parliament_of
        self._parliaments = offices.parliaments
        self._portfolio = offices.portfolio
        self._single = frozenset(offices.heads_of_state)
        self._national = frozenset(offices.national)
        self._not_national = self._bodies | frozenset(offices.local)
        self._private = frozenset(offices.private)
        self._unknown_in = offices.unknown_in

    def side(self, role: str) -> str | None:
        """The state or body that the office speaks for, as far as the office itself says."""
        body = self._organisation(role)
        if (
            body is not None
            and body.split()[-1].lower() in _PRIVATE
            and " to " not in role.partition(body)[0]
        ):
            return body  # "the American Bar Association"
        entry = self._lexicon.first_in(role)
        if entry is not None and entry.form == "region":
            return entry.name if self.is_regional(role) else self._alone(role)
        if self.is_regional(role) and (entry is None or entry.form == "metonym"):
            return _city(role)  # "mayor of London"
        if entry is None or entry.form == "area":
            return self._alone(role) or body
        if entry.form in {"name", "adjective"} and self._is_private(role):
            return body
        for link in _LINKS:
            head, linked, _ = plain(role).partition(link)
            if linked and self._lexicon.first_in(head) is None:
                return None
        return entry.side

    def _is_private(self, role: str) -> bool:
        """Whether the state is only where somebody is from, or whose government he opposes."""
        words = [word.strip(",.'").lower() for word in role.split()]
        return any(word in self._private for word in words)

    def _organisation(self, role: str) -> str | None:
        """The party, company or society of an office: "Green Party leader", "chairman of Example Group"."""
        runs = [run.split() for run in _CAPITALS.findall(role)]
        for run in runs:
            heads = [n for n, word in enumerate(run) if word.lower() in self._bodies]
            if heads and heads[-1] > 0 and heads[-1] + 1 >= len(run) - 1:
                return " ".join(run[: heads[-1] + 1])
        return None

    def _alone(self, role: str) -> str | None:
        """The state of an office that only one state has; "Secretary of State for Wales" is another."""
        lower = plain(role).lower()
        for phrase, state in self._of_one_state:
            at = _words(lower, phrase)
            if at is not None and not lower[at:].startswith(" for "):
                return state
        return None

    def is_of_offices(self, word: str) -> bool:
        """Whether a lower-case word belongs to offices: "minister", "deputy", "finance"."""
        return word in self._of_offices

    def is_head(self, word: str) -> bool:
        """Whether an office is named by this lower-case word: "minister"."""
        return word in self._heads

    def is_former(self, role: str) -> bool:
        """Whether the office named first is over: not "speaker of parliament and former negotiator"."""
        words = role.lower().replace("-", " ").split()
        for word in words:
            if word in self._past:
                return True
            if word.rstrip("s.,") in self._heads:
                return False
        return False

    def is_regional(self, role: str) -> bool:
        """Whether it is an office of a part of a state: a governor, a mayor."""
        return any(_words(role.lower(), phrase) is not None for phrase in self._regional)

    def is_of_a_state(self, phrase: str) -> bool:
        """Whether the phrase names an office that states have but one of, and regions none."""
        return any(_words(phrase.lower(), office) is not None for office in self._single)

    def is_legislator(self, role: str) -> bool:
        """Whether it is an office of a parliament, without a state."""
        return self.core(role) in self._legislators

    def parliament(self, phrase: str) -> str | None:
        """The parliament that "Congressional Leadership" is of."""
        return next(
            (body for word, body in self._parliaments.items() if word in phrase.lower().split()), None
        )

    def portfolio(self, role: str) -> str | None:
        """What the office is about, for those whose holders meet as counterparts."""
        lower = plain(role).lower()
        for name in ("foreign", "defence", "security", "finance", "trade", "head"):
            if any(_words(lower, phrase) is not None for phrase in self._portfolio.get(name, ())):
                return name
        return None

    def portfolio_of_several(self, name: str) -> str | None:
        """The same of an office in the plural: "National Security Advisors of Japan and Peru"."""
        singular = _PLURAL.sub(r"\1", name)
        return self.portfolio(singular) if singular != name else None

    def is_single(self, role: str) -> bool:
        """Whether a state has but one such office."""
        return self.core(role) in self._single

    def is_national(self, role: str) -> bool:
        """Whether it is an office of a state, though it names none, and not of a part of it."""
        bare = plain(role).replace("-", " ").replace("'s", "")
        words = {word.strip(",.'").lower() for word in bare.split()}
        if self.is_single(role):
            return True
        part = self.is_regional(role) or not words.isdisjoint(self._not_national)
        return not part and not words.isdisjoint(self._national)

    def is_unknown_in(self, role: str, state: str) -> bool:
        """Whether this state has no such office."""
        words = set(plain(role).lower().split())
        return any(
            set(phrase.split()) <= words and "ministry" not in words
            for phrase in self._unknown_in.get(state, ())
        )

    def bare(self, role: str) -> str:
        """The office as written, without the state before or after it."""
        words = role.split()
        wanted = self.core(role).split()
        for n in range(len(words) - len(wanted) + 1):
            if wanted and [word.lower() for word in words[n : n + len(wanted)]] == wanted:
                return " ".join(words[n : n + len(wanted)])
        return ""

    def core(self, role: str) -> str:
        """The office without its state: "Chinese ambassador to Vanuatu" is an ambassador's."""
        lower = plain(role).lower()
        for link in (" of ", *_LINKS):
            head, linked, rest = lower.partition(link)
            if linked and self._lexicon.first_in(_capitals(rest)) is not None:
                lower = head
        words = self._abbreviations.get(lower, lower).lower().replace("'s", "").split()
        kept = [word for word in self._without_states(words) if word != "the"]
        joined = " ".join(kept)
        last = self._abbreviations.get(kept[-1]) if kept else None
        return last.lower() if last else joined

    def _without_states(self, words: list[str]) -> Iterator[str]:
        """The words that name no state or body: "president" of "south african president"."""
        n = 0
        while n < len(words):
            for length in range(_LONGEST_STATE, 0, -1):
                if self._lexicon.look_up(" ".join(words[n : n + length]).title()) is not None:
                    n += length
                    break
            else:
                yield words[n]
                n += 1


def _city(role: str) -> str | None:
    """The place of "mayor of Port Vila", "Port Vila Mayor"."""
    named = re.search(r"\bof (?:the city of )?([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)", role)
    named = named or re.match(r"((?:[A-Z][\w’'-]* )+)(?:\w+ )?(?i:mayor|councillor|sheriff)\b", role)
    return named[1].strip().removesuffix(" City") if named else None


def _capitals(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def _words(text: str, phrase: str) -> int | None:
    """Where the phrase ends in the text, as whole words."""
    found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
    return found.end() if found else None
