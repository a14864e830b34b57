"""The command that mails a report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from briefing.cli.common import (
    MADE,
    NOTHING_MADE,
    PARTLY_MADE,
    OutputFile,
    config_option,
    say,
    say_failures,
    settings_of,
)
from briefing.cli.desk import tlp_option
from briefing.errors import SourceError, UsageError
from briefing.marking import marked, marking_of, weaker
from briefing.seal import unsealed
from briefing.types import Failure

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("report", type=_FILE)
@click.option("--to", multiple=True, help="Recipient; repeat for several, or separate them by commas.")
@click.option("--cc", multiple=True, help="Recipient of a copy.")
@click.option("--bcc", multiple=True, help="Recipient whom the others do not see.")
@click.option("--from", "sender", help="Sender, such as 'Desk <desk@example.org>'.")
@click.option("--subject", help="Else the first heading of the report.")
@click.option("--attach", type=_FILE, multiple=True, help="File to attach; repeat for several.")
@click.option("--eml", type=OutputFile(), help="Write the message to this file instead of sending it.")
@click.option("--resend", is_flag=True, help="Send again to those who have it, or may have it.")
@tlp_option
@config_option
def email(
    report: Path,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    bcc: tuple[str, ...],
    sender: str | None,
    subject: str | None,
    attach: tuple[Path, ...],
    eml: Path | None,
    resend: bool,
    tlp: str | None,
    config: Path | None,
) -> int:
    """Mail a Markdown REPORT as text and HTML.

    The login comes from the environment (BRIEFING_MAIL_USERNAME, BRIEFING_MAIL_PASSWORD) or from the
    settings file, never from the command line.

    Example: briefing email brief.md --to desk@example.org
    """
    from briefing.archive import Archive
    from briefing.deliver import Envelope, Server, compose, send, write_eml
    from briefing.seal import check_seal

    markdown = _read(report)
    settings = settings_of(config)
    mail = settings.mail
    if not (sender or mail.sender):
        raise UsageError(
            "the mail has no sender", "Give --from, or set `sender` under [mail] in briefing.toml."
        )
    envelope = Envelope(
        sender=sender or mail.sender or "",
        to=to or (() if cc or bcc else mail.to),
        cc=cc,
        bcc=bcc,
        subject=subject,
        attachments=attach,
        list_id=mail.list_id,
        list_unsubscribe=mail.list_unsubscribe,
    )
    server = None
    if eml is None:
        if not mail.host:
            raise UsageError(
                "no mail server is set",
                "Set `host` under [mail] in briefing.toml or BRIEFING_MAIL_HOST, or write a file with --eml.",
            )
        server = Server(
            mail.host,
            mail.port,
            mail.security,
            username=mail.username,
            password=mail.password,
            ca_file=mail.ca_file,
        )
    if check_seal(markdown) == "changed":
        say(f"note: {report} is no longer what `briefing daily` wrote; somebody has edited it")
    markdown = _marked(report, markdown, tlp, settings.marking.tlp)
    message = compose(markdown, envelope, now=dt.datetime.now().astimezone())
    if server is None:
        assert eml is not None  # noqa: S101 - no server is built only where a file is asked for
        write_eml(message, eml)
        click.echo(str(eml))
        return MADE
    with Archive(settings.paths.archive) as archive:
        receipts = send(message, envelope, server, archive, resend=resend)
    for receipt in receipts:
        if receipt.outcome in ("delivered", "skipped"):
            note = "delivered" if receipt.outcome == "delivered" else "has it already, not sent again"
            click.echo(f"{receipt.recipient}: {note}")
    failures = [
        Failure(receipt.recipient, receipt.reason, receipt.remedy)
        for receipt in receipts
        if receipt.outcome in ("refused", "unknown")
    ]
    say_failures(failures)
    if failures and all(receipt.outcome == "refused" for receipt in receipts):
        return NOTHING_MADE
    return PARTLY_MADE if failures else MADE


def _marked(report: Path, markdown: str, asked: str | None, usual: str | None) -> str:
    """The report as it goes out: marked as the flag asks, else as it is, else as the settings say.

    Raises UsageError where the flag would let more people read than the report does.
    """
    body = unsealed(markdown)
    own = marking_of(body)
    if own and asked and weaker(asked, own):
        raise UsageError(
            f"{report} is marked {own}, and {asked} would let more people read it",
            "Leave --tlp out. A report is released further by whoever marked it: make it again.",
        )
    if own and usual and not asked and own != usual:
        say(f"note: {report} is marked {own}, so it goes out as such; the settings say {usual}")
    marking = asked or own or usual
    return marked(body, marking) if marking else markdown


def _read(report: Path) -> str:
    try:
        return report.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(
            f"{report}: {error.strerror}", "Name the Markdown file that `briefing daily -o` wrote."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{report} is not UTF-8 text", "Save the report as UTF-8.") from error
