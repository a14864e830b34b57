"""Settings: environment over briefing.toml over defaults; flags are laid over them by the command line.

The commented file that `briefing init` writes is default.toml beside this module; a test holds it to
the classes below.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from briefing.errors import OutputError, SettingsError
from briefing.marking import label

FILE_NAME = "briefing.toml"
PREFIX = "BRIEFING_"
_STRICT = ConfigDict(extra="forbid")
_Points = Annotated[float, Field(allow_inf_nan=False)] | None
_DATA = platformdirs.user_data_path("briefing", appauthor=False)


@dataclass(frozen=True)
class BriefSettings:
    """What a brief looks like."""

    __pydantic_config__ = _STRICT
    title: str = "Daily brief"
    max_stories: Annotated[int, Field(ge=1)] = 12
    words: Annotated[int, Field(ge=1)] = 2_000
    home: str | None = None
    template: str = "daily"
    file: bool | None = None


@dataclass(frozen=True)
class SummarySettings:
    """How an article is condensed."""

    __pydantic_config__ = _STRICT
    model: str = "salience"
    sentences: Annotated[int, Field(ge=1)] | None = None
    words: Annotated[int, Field(ge=1)] | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class SlotSettings:
    """How the slots are read."""

    __pydantic_config__ = _STRICT
    rules: Path | None = None


@dataclass(frozen=True)
class MarkingSettings:
    """What a brief says of itself: who may read it, and which one it is."""

    __pydantic_config__ = _STRICT
    tlp: Annotated[str, AfterValidator(label)] | None = None
    serial: bool = False


@dataclass(frozen=True)
class GradingSettings:
    """How sources and stories are graded."""

    __pydantic_config__ = _STRICT
    sources: Path | None = None


@dataclass(frozen=True)
class LintSettings:
    """The house rules that `briefing lint` holds a brief to, beside those that always hold."""

    __pydantic_config__ = _STRICT
    marking: bool = False
    summary_words: Annotated[int, Field(ge=1)] | None = None
    brief_words: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True)
class PathSettings:
    """Where things are kept."""

    __pydantic_config__ = _STRICT
    archive: Path = _DATA / "archive.sqlite3"
    models: Path = _DATA / "models"
    models_file: Path | None = None
    templates: Path | None = None


@dataclass(frozen=True)
class WebSettings:
    """What may be fetched, and for how long."""

    __pydantic_config__ = _STRICT
    timeout: Annotated[float, Field(gt=0)] = 10.0
    deadline: Annotated[float, Field(gt=0)] = 60.0
    max_megabytes: Annotated[int, Field(ge=1)] = 20
    allow_private: bool = False
    ca_file: Path | None = None


@dataclass(frozen=True)
class MailSettings:
    """The mail server and what goes into the header of every message."""

    __pydantic_config__ = _STRICT
    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    ca_file: Path | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str | None = None
    to: tuple[str, ...] = ()
    list_id: str | None = None
    list_unsubscribe: tuple[str, ...] = ()


@dataclass(frozen=True)
class InterestSettings:
    """What the desk wants to see first."""

    __pydantic_config__ = _STRICT
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankingSettings:
    """Points that lift a story; what is not set is as in briefing/brief/ranking.yaml."""

    __pydantic_config__ = _STRICT
    independent_source: _Points = None
    independent_sources_most: _Points = None
    country: _Points = None
    topic: _Points = None
    person: _Points = None

    def given(self) -> dict[str, float]:
        """The weights that are set, by name."""
        return {name: points for name, points in vars(self).items() if points is not None}


@dataclass(frozen=True)
class Settings:
    """Everything that can be set."""

    __pydantic_config__ = _STRICT
    brief: BriefSettings = BriefSettings()
    summary: SummarySettings = SummarySettings()
    slots: SlotSettings = SlotSettings()
    marking: MarkingSettings = MarkingSettings()
    grading: GradingSettings = GradingSettings()
    lint: LintSettings = LintSettings()
    paths: PathSettings = PathSettings()
    web: WebSettings = WebSettings()
    mail: MailSettings = MailSettings()
    interests: InterestSettings = InterestSettings()
    ranking: RankingSettings = RankingSettings()

    @property
    def files(self) -> bool:
        """Whether a brief is kept as that of its day: as set, else where the archive is a desk's own."""
        own = self.paths.archive != PathSettings.archive
        return own if self.brief.file is None else self.brief.file


_SETTINGS = TypeAdapter(Settings)
_PATH_KEYS = {
    "paths": {"archive", "models", "models_file", "templates"},
    "slots": {"rules"},
    "grading": {"sources"},
    "mail": {"ca_file"},
    "web": {"ca_file"},
}
# In a variable, lists are separated by commas.
_LISTS = {
    ("mail", "to"),
    ("mail", "list_unsubscribe"),
    ("interests", "countries"),
    ("interests", "topics"),
    ("interests", "people"),
}
_SECTIONS = tuple(section.name for section in fields(Settings))


def load_settings(file: Path | None, environment: Mapping[str, str], folder: Path) -> Settings:
    """Reads `file`, or the nearest briefing.toml at or above `folder`, and lays the environment over it.

    Raises SettingsError with every mistake in the file and the environment, one a line.
    """
    path = file or _find_upwards(folder)
    values = _read_toml(path) if path else {}
    origin = {name: str(path) for name in values}
    if path:
        _resolve_paths(values, path.resolve().parent)
    for variable, value in sorted(environment.items()):
        if variable.startswith(PREFIX):
            section, _, key = variable.removeprefix(PREFIX).lower().partition("_")
            # An empty variable unsets nothing: shells and service files often export such.
            if value:
                target = values.setdefault(section, {})
                if isinstance(target, dict):
                    target[key] = value.split(",") if (section, key) in _LISTS else value
                    origin[f"{section}.{key}"] = variable
    try:
        return _SETTINGS.validate_python(values)
    except ValidationError as error:
        mistakes = [_mistake(dict(e), origin) for e in error.errors()]
        raise SettingsError(
            "the settings cannot be used:\n" + "\n".join(f"  {mistake}" for mistake in mistakes),
            "Mend these lines; `briefing init` writes a file with every key explained.",
        ) from None


def default_file() -> str:
    """The commented settings file, every key at its default."""
    return Path(__file__).with_name("default.toml").read_text(encoding="utf-8")


def init(path: Path) -> None:
    """Writes the commented settings file; raises OutputError where there is one already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(default_file())
    except FileExistsError:
        raise OutputError(f"{path} exists already", "Edit it, or name another file.") from None
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}", "Name a file in a folder you can write to.") from error


def _find_upwards(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        candidate = place / FILE_NAME
        if candidate.is_file() and os.access(candidate, os.R_OK):
            return candidate
    return None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: {error.strerror}", "Name an existing settings file, or write one with `briefing init`."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}", "Mend the line it names.") from error


def _resolve_paths(values: dict[str, Any], folder: Path) -> None:
    for section, keys in _PATH_KEYS.items():
        table = values.get(section)
        if isinstance(table, dict):
            for key in keys & table.keys():
                if isinstance(table[key], str):
                    table[key] = folder / Path(table[key]).expanduser()


def _mistake(error: dict[str, Any], origin: Mapping[str, str]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    source = origin.get(where) or origin.get(str(error["loc"][0]), "")
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        what = "no such setting"
        if str(error["loc"][0]) not in _SECTIONS:
            what = f"no such section; there are {', '.join(_SECTIONS)}"
    else:
        message = error["msg"].removeprefix("Value error, ")
        what = message[0].lower() + message[1:]
    return f"{where}: {what}" + (f" ({source})" if source else "")
