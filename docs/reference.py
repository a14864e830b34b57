"""Writes docs/cli.md from the commands' own help.

usage: python docs/reference.py > docs/cli.md
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from briefing.cli import cli

WIDTH = 90


def reference() -> str:
    """The reference of all commands as Markdown."""
    parts = ["# Commands\n\nMade from the commands' own help by `make docs`; a test holds it to them.\n"]
    for names, command in commands(("briefing",), cli):
        settings = {**cli.context_settings, "terminal_width": WIDTH}
        context = click.Context(command, info_name=" ".join(names), **settings)
        parts.append(f"## {' '.join(names)}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def commands(
    names: tuple[str, ...], command: click.Command
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its full name, groups before their members."""
    yield names, command
    if isinstance(command, click.Group):
        for name, member in sorted(command.commands.items()):
            yield from commands((*names, name), member)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
