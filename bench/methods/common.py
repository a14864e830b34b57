"""What several methods need: the user's models folder, and a model out of it."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.models import VerifiedModel, fetch, load_models, verify
from briefing.settings import Settings, load_settings


def settings_in(scratch: Path) -> Settings:
    """The defaults and the environment, without any settings file of the user."""
    nothing = scratch / "briefing.toml"
    nothing.touch()
    return load_settings(nothing, os.environ, scratch)


def ready_model(name: str, scratch: Path) -> VerifiedModel:
    """A model that briefing knows, fetched where it is not here yet.  Raises ModelError."""
    folder = settings_in(scratch).paths.models
    spec = load_models()[name]
    fetch(spec, folder)
    return verify(spec, folder)
