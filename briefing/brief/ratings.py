"""The desk's own file of sources: how reliable each is, A to F, after the Admiralty scheme.

    Daily Post:                      # the name that an input gives the source
      reliability: B
      domains: [dailypost.example]   # of its pages; subdomains belong to it
      names: [The Daily Post]        # other names of it
      owner: Post Group              # sources of one owner do not confirm each other
      reason: corrects its mistakes  # printed with the grade

Only `reliability` must be there.  An article is matched by the address it was read at, else by the name of
its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, TypeAdapter, ValidationError

from briefing.brief.merge import fold
from briefing.errors import SettingsError
from briefing.rule_files import Strict
from briefing.strict_yaml import load_yaml
from briefing.types import Article, Grade

Reliability = Literal["A", "B", "C", "D", "E", "F"]
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]")
_REMEDY = "Mend these lines; docs/marking.md shows the file."


def _is_domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text):
        raise ValueError(f"{text!r} is no domain such as example.org, in lower case and without https://")
    return text.removeprefix("www.")


class Rating(Strict):
    """What the desk's file says of one source."""

    reliability: Reliability
    domains: tuple[Annotated[str, AfterValidator(_is_domain)], ...] = ()
    names: tuple[str, ...] = ()
    owner: str | None = None
    reason: str | None = None


_FILE = TypeAdapter(dict[str, Rating])


@dataclass(frozen=True)
class Ratings:
    """The sources of the desk's file `name`, by their names in it."""

    name: str
    sources: dict[str, Rating] = field(default_factory=dict)

    def find(self, article: Article) -> str | None:
        """The name in the file of the source that the article comes from, None where it is not listed."""
        host = host_of(article)
        if host is not None:
            # The longest first: world.example.org before example.org.
            parents = [host] + [host[n + 1 :] for n, letter in enumerate(host) if letter == "."]
            for parent in parents:
                if parent in self._by_domain:
                    return self._by_domain[parent]
        return self._by_name.get(named(article.source)) if article.source else None

    def reliability(self, article: Article) -> Grade:
        """The grade of an article's source; F, with the reason, where the file does not list it."""
        listed = self.find(article)
        if listed is None:
            return Grade("F", f"not in {self.name}")
        rating = self.sources[listed]
        return Grade(rating.reliability, rating.reason or f"so listed in {self.name}")

    @cached_property
    def _by_domain(self) -> dict[str, str]:
        return {domain: name for name, rating in self.sources.items() for domain in rating.domains}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {
            named(called): name for name, rating in self.sources.items() for called in (name, *rating.names)
        }


def load_ratings(path: Path) -> Ratings:
    """Reads the desk's file of sources.  Raises SettingsError with every mistake in it, one a line."""
    try:
        values: Any = load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: {error.strerror}", "Correct `sources` under [grading] in briefing.toml."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid YAML: {error}", "Mend the line it names.") from error
    try:
        sources = _FILE.validate_python({} if values is None else values)
    except ValidationError as error:
        raise _unusable(path, [_mistake(dict(one)) for one in error.errors()]) from None
    twice = _listed_twice(sources)
    if twice:
        raise _unusable(path, twice)
    return Ratings(path.name, sources)


def named(source: str) -> str:
    """The name of a source, for comparison only: "The Times" is "times"."""
    return fold(source).strip().removeprefix("the ")


def host_of(article: Article) -> str | None:
    """The host that an article was read at, lower-case and without "www."; None where it has no address."""
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") or None if host else None


def _listed_twice(sources: dict[str, Rating]) -> list[str]:
    """Names and domains that two entries claim: which of them holds would be chance."""
    owner: dict[str, str] = {}
    mistakes = []
    for name, rating in sources.items():
        for claimed in dict.fromkeys([*map(named, (name, *rating.names)), *rating.domains]):
            if owner.setdefault(claimed, name) != name:
                mistakes.append(f"{name}: {claimed!r} is listed under {owner[claimed]}, too")
    return mistakes


def _mistake(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "[key]")
    if error["type"] == "literal_error" and "reliability" in error["loc"]:
        what = f"expected one of A, B, C, D, E, F, not {error['input']!r}"
    elif error["type"] == "extra_forbidden":
        what = f"no such key; there are {', '.join(Rating.model_fields)}"
    else:
        what = error["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def _unusable(path: Path, mistakes: list[str]) -> SettingsError:
    return SettingsError(
        f"{path} cannot be used:\n" + "\n".join(f"  {mistake}" for mistake in mistakes), _REMEDY
    )
