"""Daily diplomatic briefs in which every line traces to the sentence it came from."""

__version__ = "0.1.0"
