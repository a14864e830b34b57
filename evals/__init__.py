"""Measures what briefing makes against what people wrote down.

    documents.py   reads data: JSON Lines, plain or compressed
    product.py     runs the public commands, so that what is measured is what users get
    scoring/       pure functions: summaries, slots, stories, and how sure a difference is
    gate.py        holds figures against the floors in floors.yaml
    __main__.py    the command line: python -m evals
    data/          official readouts in the public domain, with annotations and reference summaries

docs/evaluation.md says how the figures are made and what they do not say.
"""
