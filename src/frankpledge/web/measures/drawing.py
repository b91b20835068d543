"""The blocks of a report's document as parts of a page, in the page's own components.

One macro a kind of block, compiled once and called as a function: a table of a thousand cells takes
a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import count

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from frankpledge.reporting import sparklines
from frankpledge.reporting.document import Block, Sparkline
from frankpledge.reporting.html import SHAPES


def drawn(blocks: Iterable[Block], level: int = 2, captions_shown: bool = True) -> SafeString:
    """The blocks as HTML; `level` is that of a heading a block brings. Captions not shown are read
    out all the same."""
    template = _environment().get_template("measures/blocks.html.j2")
    numbers = count(1)

    def sparkline(line: Sparkline) -> Markup:
        return Markup(
            sparklines.svg(line, f"spark-{next(numbers)}").replace(
                'class="spark"', 'class="app-spark"', 1
            )
        )

    module = template.make_module({"sparkline": sparkline, "captions_shown": captions_shown})
    return mark_safe("".join(str(module.block(each, level)) for each in blocks))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("frankpledge.web.measures"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "shape": SHAPES.__getitem__,
        "kind_of": lambda block: type(block).__name__,
    }
    return environment
