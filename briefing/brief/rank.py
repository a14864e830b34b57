"""Orders the stories of a day, with the reasons."""

from __future__ import annotations

import re

from briefing.brief.regions import countries
from briefing.brief.rules import ranking_rules
from briefing.types import Article, Slots


def score(articles: tuple[Article, ...], slots: Slots) -> tuple[float, tuple[str, ...]]:
    """Points of a story after ranking.yaml, and why: one reason for each part of the sum."""
    rules = ranking_rules()
    parts: list[tuple[float, str]] = []
    further = len(articles) - 1
    if further:
        points = min(further * rules.independent_source, rules.independent_sources_most)
        parts.append((points, f"{len(articles)} articles"))
    # States and known bodies: a ministry's panel is no second side.
    named = set(countries(slots))
    sides = {who.side for who in slots.who if who.side in named}
    if len(sides) > 1:
        more = min((len(sides) - 2) * rules.more_sides, rules.more_sides_most)
        parts.append((rules.two_sides + more, f"{len(sides)} sides"))
    if slots.agreed:
        strongest = max(slots.agreed, key=lambda agreed: rules.status.get(agreed.status, 0.0))
        parts.append((rules.status.get(strongest.status, 0.0), strongest.status))
    roles = [who.role for who in slots.who if who.role]
    offices = [
        (points, role)
        for role in roles
        for pattern, points in rules.office.items()
        if pattern.search(role) and not re.match(r"(?:vice|former|deputy)\b", role, re.IGNORECASE)
    ]
    if offices:
        parts.append(max(offices, key=lambda office: office[0]))
    if any(outlook.when and outlook.when.date for outlook in slots.outlook):
        parts.append((rules.dated_event, "a dated event to come"))
    return sum(points for points, _ in parts), tuple(f"{reason} (+{points:g})" for points, reason in parts)
