"""Measures the default summariser side by side with others: `make bench`.

material.py   what is summarised: documents with references, articles for speed
methods/      the summarisers, each behind the same function
worker.py     runs one of them in a process of its own
measure.py    starts workers, watches their clocks and memory
compare.py    runs → ratios
page.py       ratios → the Markdown page
picture.py    ratios → the picture
__main__.py   the command line
"""
