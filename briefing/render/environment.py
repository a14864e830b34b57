"""Templates: found by name or path, run in Jinja's sandbox, escaped by the kind of output.

The kind follows from the name: `daily.html.j2` makes HTML, `daily.md.j2` Markdown, `article.txt.j2`
plain text.  Autoescape is on for all of them: in HTML Jinja escapes what it prints, in Markdown and
plain text `finalize` has done so before and hands over marked-up text.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import jinja2
from markupsafe import Markup

from briefing.assets import asset
from briefing.errors import OutputError, TemplateError
from briefing.plain import plain
from briefing.render import escape
from briefing.render.sandbox import Folders, OutOfTime, Sandbox, bounded, with_text
from briefing.types import When, Who

Format = Literal["markdown", "html", "text"]
_SUFFIXES: dict[Format, str] = {"markdown": ".md.j2", "html": ".html.j2", "text": ".txt.j2"}


def template_names() -> list[str]:
    """The templates that ship and their style sheet, as `templates copy` takes them."""
    return sorted(path.name for path in asset("templates").glob("[!_]*"))


def copy_template(name: str, folder: Path) -> Path:
    """Copies a template that ships into `folder`, to start one's own; returns where it is now.

    Raises TemplateError where there is no such template, OutputError where it cannot be written.
    """
    if name not in template_names():
        raise TemplateError(f"there is no template {name!r}", f"There are: {', '.join(template_names())}.")
    target = folder / name
    if target.exists() or target.is_symlink():
        raise OutputError(f"{target} exists already", "Move it away, or copy into another folder with --to.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset("templates") / name, target)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror}", "Name a folder you can write to.") from error
    return target


def find_template(name: str, kind: Format, folder: Path | None) -> Path:
    """The file of a template: a path, or a name in the user's folder, or one that ships.

    Raises TemplateError that lists what there is.
    """
    if "/" in name or name.endswith(".j2"):
        path = Path(name).expanduser()
        if path.is_file():
            return path
        places = [path]
    else:
        places = [base / f"{name}{_SUFFIXES[kind]}" for base in (folder, asset("templates")) if base]
        for path in places:
            if path.is_file():
                return path
    raise TemplateError(
        f"there is no template {name!r} for {kind} (looked for {', '.join(map(str, places))})",
        f"Name a file, or one of those that ship: {', '.join(template_names())}.",
    )


def kind_of(path: Path) -> Format:
    """The kind of output that a template's name announces; TemplateError where it announces none."""
    for kind, suffix in _SUFFIXES.items():
        if path.name.endswith(suffix):
            return kind
    raise TemplateError(
        f"{path} does not say what it makes",
        "Name it …​.md.j2, ….html.j2 or ….txt.j2: escaping depends on it.",
    )


def fill(path: Path, context: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> str:
    """Runs a template over the context.

    Raises TemplateError with file and line: where it does not parse, asks for a name that does not
    exist, reaches for what the sandbox withholds, or does not end within its bounds.
    """
    environment = _environment(kind_of(path), path.parent)
    environment.filters.update(filters)
    try:
        with bounded():
            return environment.get_template(path.name).render(context)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.filename or path}, line {error.lineno}"
        raise TemplateError(f"{place}: {error.message}", "Mend the template.") from error
    except (OutOfTime, MemoryError, RecursionError) as error:
        why = _UNBOUNDED[type(error)]
        raise TemplateError(f"{_place(error, path)}: {why}", "Mend the template.") from None
    except (
        jinja2.TemplateError,
        TypeError,
        ValueError,
        LookupError,
        ArithmeticError,
        AttributeError,
    ) as error:
        raise TemplateError(
            f"{_place(error, path)}: {error}",
            "docs/templates.md lists what a template can use; `briefing templates copy` starts a new one.",
        ) from error
    except OSError as error:
        raise TemplateError(f"{error.filename}: {error.strerror}", "Make it readable.") from error


# No cause is shown with these: it may be a thousand frames deep.
_UNBOUNDED: dict[type[BaseException], str] = {
    OutOfTime: "it runs too long: a loop in it has no end in sight",
    MemoryError: "it takes too much memory",
    RecursionError: "it is nested too deep, or takes itself in without end",
}


def _environment(kind: Format, folder: Path) -> Sandbox:
    environment = Sandbox(
        loader=Folders([folder, asset("templates")]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_FINALIZE[kind],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = day
    environment.filters["days"] = days
    environment.filters["when"] = when
    environment.filters["dtg"] = dtg
    environment.filters["capital"] = capital
    environment.filters["actors"] = actors
    environment.filters["paragraphs"] = paragraphs
    environment.filters["link"] = partial(_link, kind)
    return environment


def _escaped(how: Callable[[str], str], value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    # Marked as ready because `how` has just escaped it for this kind of output.
    return Markup("" if value is None else how(str(with_text(value))))  # noqa: S704


def _html(value: object) -> object:
    if isinstance(value, Markup):
        return value
    return "" if value is None else plain(str(with_text(value)))


_FINALIZE: dict[Format, Callable[[object], object]] = {
    "markdown": partial(_escaped, escape.markdown),
    "text": partial(_escaped, plain),
    "html": _html,
}


def day(date: dt.date | dt.datetime | None) -> str:
    """The date as "15 November 2022", with the time and its zone where there is one."""
    if date is None:
        return ""
    text = f"{date.day} {date:%B %Y}"
    if isinstance(date, dt.datetime):
        zone = "UTC" if date.utcoffset() == dt.timedelta(0) else f"{date:%z}"
        text += f", {date:%H:%M} {zone}".rstrip()
    return text


def dtg(moment: dt.datetime) -> str:
    """The date-time group of a moment, in Zulu time: "170356Z JUL 22" (ACP 121)."""
    return f"{moment.astimezone(dt.UTC):%d%H%MZ %b %y}".upper()


def when(value: When) -> str:
    """The days that a time covers, as exactly as it is known; its own phrase where no date is."""
    if value.date is None:
        return value.phrase
    if value.precision == "year":
        return str(value.date.year)
    if value.precision == "month":
        return f"{value.date:%B %Y}"
    return days(value.date, value.end)


def days(first: dt.date, last: dt.date | None) -> str:
    """The days from the first to the last, what they share said once: "14 to 15 December 2006"."""
    if last is None or last == first:
        return day(first)
    if first.year != last.year:
        opening = day(first)
    elif first.month != last.month:
        opening = f"{first.day} {first:%B}"
    else:
        opening = str(first.day)
    return f"{opening} to {day(last)}"


def capital(text: str) -> str:
    """The text with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str) -> list[str]:
    """The text cut at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def actors(everyone: Sequence[Who]) -> list[Who]:
    """The actors to name: a state not beside its own people."""
    spoken_for = {who.side for who in everyone if who.kind == "person"}
    return [who for who in everyone if who.kind != "state" or who.name not in spoken_for]


def _link(kind: Format, text: str, url: str | None) -> Markup | str:
    """The text as a link where the address is one of the web, else the text alone."""
    address = escape.web_address(url)
    if address is None:
        return text
    if kind == "html":
        return Markup('<a href="{}">{}</a>').format(address, plain(text))
    if kind == "markdown":
        return Markup(escape.markdown_link(text, address))  # noqa: S704 - both parts escaped here
    return f"{text} {address}"


def _place(error: BaseException, path: Path) -> str:
    """The line of the template that was running when the error arose."""
    place = str(path)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            # Jinja puts the template's own lines into the trace of most errors, not of all.
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            line = template.get_corresponding_lineno(trace.tb_lineno) if template else trace.tb_lineno
            place = f"{file}, line {line}"
        trace = trace.tb_next
    return place


__all__: Sequence[str] = [
    "Format",
    "copy_template",
    "day",
    "days",
    "fill",
    "find_template",
    "kind_of",
    "template_names",
]
