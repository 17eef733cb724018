"""Fill a template: the name of a template and the record of a page go in, HTML comes out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.assets import asset

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render"]


def render(template: str, page: object) -> str:
    """Fill a template of `visualize/` with the record that it documents; all that the record holds is escaped."""
    return _environment().get_template(template).render(page=page)


@cache
def _environment() -> Environment:
    """Make what keeps the compiled templates; compiling one takes longer than filling it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - 0.07 s, only pages need it

    return Environment(
        loader=FileSystemLoader(asset("visualize")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
