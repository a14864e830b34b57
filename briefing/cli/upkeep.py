"""The commands around a brief: init, models, templates."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from briefing.cli.common import NOTHING_MADE, config_option, say, settings_of
from briefing.errors import ModelError
from briefing.settings import FILE_NAME
from briefing.settings import init as write_settings


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path(FILE_NAME))
def init(path: Path) -> None:
    """Write a settings file with every key explained.

    Example: briefing init
    """
    write_settings(path)
    click.echo(str(path))


@click.group()
def models() -> None:
    """List, show, fetch and verify the models."""


@models.command("list")
@config_option
def list_models(config: Path | None) -> None:
    """List every model, and whether it is here.

    Example: briefing models list
    """
    from briefing.models import load_models, locate

    settings = settings_of(config)
    for spec in load_models(settings.paths.models_file).values():
        try:
            locate(spec, settings.paths.models)
            state = "here"
        except ModelError:
            state = "not fetched"
        mark = "*" if spec.name == settings.summary.model else " "
        click.echo(
            f"{mark} {spec.name:20} {spec.kind or '':8} {spec.source:8} {state:12} {spec.licence or ''}"
        )


@models.command()
@click.argument("name")
@config_option
def show(name: str, config: Path | None) -> None:
    """Show all that is known of a model: a name of the list, a folder, or a Hugging Face name.

    Example: briefing models show salience
    """
    from briefing.models import find_model, load_models

    spec = find_model(name, load_models(settings_of(config).paths.models_file))
    for field in dataclasses.fields(spec):
        value = getattr(spec, field.name)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for inner in dataclasses.fields(value):
                if (setting := getattr(value, inner.name)) is not None:
                    click.echo(f"{field.name}.{inner.name}: {setting}")
        elif value is not None:
            click.echo(f"{field.name}: {value}")


@models.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@config_option
def fetch(names: tuple[str, ...], config: Path | None) -> None:
    """Fetch models and check their digests.

    Example: briefing models fetch smollm2
    """
    from briefing.models import fetch as fetch_model
    from briefing.models import find_model, load_models, verify

    settings = settings_of(config)
    specs = load_models(settings.paths.models_file)
    for spec in [find_model(name, specs) for name in names]:
        folder = fetch_model(spec, settings.paths.models)
        verify(spec, settings.paths.models)
        click.echo(f"{spec.name}: {folder}")


@models.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@config_option
def verify_models(names: tuple[str, ...], config: Path | None) -> int:
    """Check that models have the digest on record; all that are here, if none is named.

    Example: briefing models verify
    """
    from briefing.models import find_model, load_models, locate, verify

    settings = settings_of(config)
    specs = load_models(settings.paths.models_file)
    status = 0
    for spec in [find_model(name, specs) for name in names] or specs.values():
        try:
            if not names:
                try:
                    locate(spec, settings.paths.models)
                except ModelError:
                    continue
            digest = verify(spec, settings.paths.models, afresh=True).digest
            note = "" if spec.sha256 else "  (no digest on record)"
            click.echo(f"{spec.name}: sha256 {digest}{note}")
        except ModelError as error:
            say(str(error))
            status = NOTHING_MADE
    return status


@click.group()
def templates() -> None:
    """List the templates that ship, and start one of your own."""


@templates.command("list")
def list_templates() -> None:
    """List the templates that ship.

    Example: briefing templates list
    """
    from briefing.render import template_names

    for name in template_names():
        click.echo(name)


@templates.command()
@click.argument("name")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=Path(), help="Folder; else this one."
)
def copy(name: str, folder: Path) -> None:
    """Copy a template that ships, to start one of your own.

    Example: briefing templates copy daily.md.j2 --to my-templates
    """
    from briefing.render import copy_template

    click.echo(str(copy_template(name, folder)))
