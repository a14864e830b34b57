"""The command line: the only place that prints, exits and reads the environment.

    common      settings, output, progress, messages
    daily       daily
    articles    summarise, slots, claims
    desk        what a desk adds to a brief: marking, number, grades, comments
    past        diff, ledger
    review      comments, lint
    mail        email
    proof       reproduce, verify
    upkeep      init, models, templates

Exit status: 0 done; 1 nothing could be made; 2 wrong usage; 3 made, but something failed; 130 interrupted.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Sequence

import click

from briefing import __version__
from briefing.cli.articles import claims, slots, summarise
from briefing.cli.common import say, say_details
from briefing.cli.daily import daily
from briefing.cli.mail import email
from briefing.cli.past import diff, ledger
from briefing.cli.proof import reproduce, verify
from briefing.cli.review import comments, lint
from briefing.cli.upkeep import init, models, templates
from briefing.errors import BriefingError, UsageError

_INTERRUPTED = 130
_log = logging.getLogger(__name__)


class _Commands(click.Group):
    """Knows a command by its other spelling, without listing it twice."""

    _SPELLINGS = {"summarize": "summarise"}  # noqa: RUF012 - never changed

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, self._SPELLINGS.get(cmd_name, cmd_name))


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="briefing")
@click.option("--debug", is_flag=True, help="Print in full what broke, for a report to who made this.")
def cli(debug: bool) -> None:
    """Makes daily diplomatic briefs in which every line traces to the sentence it came from.

    A SOURCE is a file, a folder, a pattern in quotes, a URL, a feed, or - for standard input: .txt, .md,
    .html, .eml, .mbox, .json, .jsonl, RSS and Atom.
    """
    if debug:
        say_details()


for command in (
    daily,
    summarise,
    slots,
    claims,
    email,
    diff,
    ledger,
    comments,
    lint,
    verify,
    reproduce,
    models,
    templates,
    init,
):
    cli.add_command(command)


def main() -> None:
    """Runs the command line and exits."""
    _open_streams()
    if not sys.warnoptions:
        # Advice for developers of the libraries; ours is printed by `say`.
        warnings.simplefilter("ignore")
    sys.exit(run())


def _open_streams() -> None:
    """Puts something in the place of standard streams that the caller has closed.

    Else the next file that is opened, such as the archive, takes their number, and what is printed goes into
    it.  What is read is empty; what is written fails, and is said to.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # The lowest free number is given out: this one, as those below are open by now.
            mode = os.O_WRONLY if name == "stderr" else os.O_RDONLY
            file = io.FileIO(os.open(os.devnull, mode), "r" if name == "stdin" else "w", closefd=False)
            assert file.fileno() == number  # noqa: S101
            setattr(sys, name, io.TextIOWrapper(file, "utf-8", write_through=True))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status; `arguments` are those of the process if None."""
    try:
        status = cli.main(arguments, prog_name="briefing", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; what was done is kept, run again to go on")
        return _INTERRUPTED
    except UsageError as error:
        say(str(error))
        return 2
    except BriefingError as error:
        say(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has left, as `head` does: no failure, and no word about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        _log.debug("the command broke", exc_info=error)
        say(f"this is a mistake of the program: {type(error).__name__}")
        say("what was done is kept; `briefing --debug COMMAND` prints the details, for a report")
        return 1
    return status if isinstance(status, int) else 0
