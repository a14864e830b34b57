"""That a brief is what it says: how it was made, made again, and held against its sources.

manifest    what a brief was made from and with, written into its JSON
reproduce   the same Markdown again, from the manifest and the archived texts
verify      every quotation, sentence and slot against the archived texts
"""

from briefing.proof.manifest import (
    Manifest,
    Named,
    digest_of,
    manifest_object,
    manifest_of,
    read_manifest,
    template_digest,
)
from briefing.proof.reproduce import Reproduction, fresh_pipeline, reproduce
from briefing.proof.verify import Verification, verify

__all__ = [
    "Manifest",
    "Named",
    "Reproduction",
    "Verification",
    "digest_of",
    "fresh_pipeline",
    "manifest_object",
    "manifest_of",
    "read_manifest",
    "reproduce",
    "template_digest",
    "verify",
]
