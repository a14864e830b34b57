"""A finished brief → what breaks the house rules: marking, length, empty fields, words of likelihood.

    finding.py      what was found
    structure.py    marking, length and fields, of the JSON and of the Markdown
    likelihood.py   the officer's Comment, after ICD 203
    rules.py        the schema of likelihood.yaml and fields.yaml

Nothing here changes a brief, and nothing judges the words of a source.
"""

from briefing.lint.finding import Finding
from briefing.lint.likelihood import check_comments
from briefing.lint.structure import House, lint_brief, lint_comments, lint_report

__all__ = ["Finding", "House", "check_comments", "lint_brief", "lint_comments", "lint_report"]
