"""What the tests of the command line share: a desk of nobody's settings, its mail, what a brief quotes."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


def without_own_settings(patch: pytest.MonkeyPatch, models_dir: Path) -> None:
    """None of the user's settings but the models, which are fetched once."""
    for name in list(os.environ):
        if name.startswith("BRIEFING_"):
            patch.delenv(name)
    patch.setenv("BRIEFING_PATHS_MODELS", str(models_dir))


def evidence_in(value: object) -> Iterator[dict[str, Any]]:
    """Every evidence in the JSON of a brief."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for inner in value.values():
            yield from evidence_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence_in(inner)


class Mailbox(Message):
    """Keeps what it is sent; knows no one called nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Any] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Any) -> None:
        self.received.append(message)


@contextmanager
def mail_server(patch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server on this machine, which the settings name."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    patch.setenv("BRIEFING_MAIL_HOST", "127.0.0.1")
    patch.setenv("BRIEFING_MAIL_PORT", str(port))
    patch.setenv("BRIEFING_MAIL_SECURITY", "none")
    patch.setenv("BRIEFING_MAIL_SENDER", "Desk <desk@x.org>")
    yield box
    controller.stop()
