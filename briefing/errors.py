"""Every failure that a user can meet, as one tree.

    BriefingError                what the command line prints as a message, never as a traceback
    ├── UsageError               the request makes no sense as it was put       (exit 2)
    ├── SettingsError            briefing.toml, models.yaml or a rule file is wrong
    ├── SourceError              one source cannot be read; the rest of the run goes on
    ├── StageError               a stage broke on an article; the rest of the run goes on
    ├── ModelError               a model is missing, unverified or will not load
    ├── TemplateError            a template is missing, broken or asks for what is not there
    ├── OutputError              a result cannot be written
    ├── ArchiveError             the archive cannot be opened or is not ours
    └── DeliveryError            the mail could not be sent at all

Each says what happened, to which thing, why, and what to do next.  An expected failure of one source
or one recipient is returned as a value (`Failure`, `Receipt`), so that the others go on.
"""

from __future__ import annotations

from typing import Any

HEADER_ERRORS = (ValueError, LookupError, AttributeError, TypeError, NameError)
"""What the standard library's mail parser raises over headers that break the standard, by accident."""


class BriefingError(Exception):
    """Root of the tree.

    `message` says what is wrong and with what; `remedy` says what to do next, as a full sentence.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message

    def __reduce__(self) -> tuple[type[BriefingError], tuple[Any, ...]]:
        # Exceptions cross from the language workers to the main process with both parts.
        return type(self), (self.message, self.remedy)


class UsageError(BriefingError):
    """The request makes no sense as it was put."""


class SettingsError(BriefingError):
    """A settings, models or rule file is wrong; every mistake in it is listed at once."""


class SourceError(BriefingError):
    """One source cannot be read."""


class StageError(BriefingError):
    """A stage broke on an article, or on a story, by a mistake of ours, which is the cause.

    `origins` says where its articles were read.
    """

    def __init__(self, message: str, remedy: str, origins: tuple[str, ...]) -> None:
        super().__init__(message, remedy)
        self.origins = origins

    def __str__(self) -> str:
        return f"{', '.join(self.origins)}: {super().__str__()}"

    def __reduce__(self) -> tuple[type[BriefingError], tuple[Any, ...]]:
        return type(self), (self.message, self.remedy, self.origins)


class ModelError(BriefingError):
    """A model is missing, does not have the digest it should have, or will not load."""


class TemplateError(BriefingError):
    """A template is missing, does not parse, or asks for a name that does not exist."""


class OutputError(BriefingError):
    """A result cannot be written where it was asked for."""


class ArchiveError(BriefingError):
    """The archive cannot be opened, is damaged, or belongs to a newer version."""


class DeliveryError(BriefingError):
    """The message could not be handed to the mail server at all."""
