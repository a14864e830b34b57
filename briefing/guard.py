"""One article never ends a run: where a stage breaks on it, it is named and the others go on.

What is foreseen is a `BriefingError` and passes through.  Any other error is a mistake of ours; the article
on which it happens becomes a failure with the stage and the place, and `--debug` shows the whole of it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from briefing.errors import BriefingError, StageError
from briefing.types import Article, Failure, Intake

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_REMEDY = "Nothing else is affected.  Run with --debug for the details, and report them."
_log = logging.getLogger(__name__)


def guarded(
    stage: str,
    items: Sequence[_Item],
    compute: Callable[[Sequence[_Item]], Iterable[_Result]],
    articles_of: Callable[[_Item], Sequence[Article]],
) -> Iterator[_Result]:
    """The result of each item, in order.

    Where `compute` breaks, the rest is computed one by one, which tells the item on which it does: it may
    have been ahead of what it gave.  Raises StageError that names the articles of that item.
    """
    if not items:
        return  # nothing is missing, so no model need be loaded
    done = 0
    try:
        for result in compute(items):
            yield result
            done += 1
        return
    except BriefingError:
        raise
    except Exception as error:
        _log.debug("%s broke, one article after the other is tried", stage, exc_info=error)
    for item in items[done:]:
        try:
            (result,) = compute([item])
        except BriefingError:
            raise
        except Exception as error:
            raise blamed(stage, [one.origin for one in articles_of(item)], error) from error
        yield result


def sparing(intake: Intake, work: Callable[[Intake], _Result]) -> tuple[Intake, _Result]:
    """What `work` makes of the articles on which no stage breaks, and the intake with these alone.

    Each of the others is a failure of that intake.  What was computed is kept, so a further try is quick.
    """
    while True:
        try:
            return intake, work(intake)
        except StageError as error:
            spared = _without(intake, error)
            if len(spared.articles) == len(intake.articles):
                raise
            intake = spared


def _without(intake: Intake, error: StageError) -> Intake:
    kept = [n for n, article in enumerate(intake.articles) if article.origin not in error.origins]
    place = {n: new for new, n in enumerate(kept)}
    return replace(
        intake,
        articles=tuple(intake.articles[n] for n in kept),
        duplicates={place[n]: place[m] for n, m in intake.duplicates.items() if n in place and m in place},
        failures=(
            *intake.failures,
            *(Failure(origin, error.message, error.remedy) for origin in error.origins),
        ),
    )


def blamed(stage: str, origins: Sequence[str], error: Exception) -> StageError:
    """What to say of an error that nobody foresaw: in which stage, on what, and where in our code."""
    _log.debug("%s broke on %s", stage, ", ".join(origins), exc_info=error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}, line {frame.lineno}"
    # Its words may quote the article; its kind and place are ours.
    return StageError(f"{stage} broke on it ({type(error).__name__} in {where})", _REMEDY, tuple(origins))
