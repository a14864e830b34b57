"""What several tests share: the real models, fetched once, and real readouts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import platformdirs
import pytest

from briefing._inference import load_selector
from briefing.models import load_models, verify
from briefing.types import Article, Selector


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The folder of the real models: that of the user who runs the tests, so that they are fetched once."""
    given = os.environ.get("BRIEFING_PATHS_MODELS")
    return Path(given) if given else platformdirs.user_data_path("briefing") / "models"


@pytest.fixture(scope="session")
def selector(tmp_path_factory: pytest.TempPathFactory) -> Selector:
    """The default model, which comes with the package."""
    return load_selector(verify(load_models()["salience"], tmp_path_factory.mktemp("models")), threads=1)


@pytest.fixture(scope="session")
def readouts() -> list[Article]:
    """37 official readouts of 120 to 260 words (White House, public domain)."""
    lines = (Path(__file__).parent / "data" / "readouts.jsonl").read_text("utf-8").splitlines()
    return [
        Article(id=row["id"], title=row["title"], text=row["text"], source=row["source"])
        for row in map(json.loads, lines)
    ]
