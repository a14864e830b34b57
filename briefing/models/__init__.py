"""The models that briefing can use: what they are, how they get here, and that they are what they should be.

load_models    models.yaml, overlaid by the user's own     → ModelSpec by name
find_model     a name, a folder or a hub name              → ModelSpec
fetch          brings the files of one here, digest checked
locate         where they are
verify         ModelSpec + folder + checked digest         → VerifiedModel

Only a `VerifiedModel` is ever loaded.
"""

from briefing.models.fetch import fetch
from briefing.models.spec import Generation, Kind, ModelSpec, find_model, load_models
from briefing.models.store import VerifiedModel, locate, verify

__all__ = [
    "Generation",
    "Kind",
    "ModelSpec",
    "VerifiedModel",
    "fetch",
    "find_model",
    "load_models",
    "locate",
    "verify",
]
