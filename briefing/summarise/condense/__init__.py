"""Tightens quoted sentences where it is safe, and says in square brackets whom and when they mean.

    condenser.py   brings all of it to the sentences of many articles at once
    rules.yaml     what may go, what never may, with examples
    rules.py       its schema
    guard.py       quotations, and parts that hold anything of weight
    proposals.py   what the words alone let a rule take
    cuts.py        whether the grammar agrees
    moments.py     "today"

Every printed word is the sentence's own, in its order; in square brackets stand words from elsewhere in
the article, with their place as evidence, or a day counted from the article's date.  A sentence of which
nothing can be said with certainty stays as it is.
"""

from briefing.summarise.condense.condenser import Condenser
from briefing.summarise.condense.rules import Rules, load_rules

__all__ = ["Condenser", "Rules", "load_rules"]
