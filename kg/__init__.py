r"""Reads policy plans and answers who owes what, by when, and where the document says so.

The verbs of the flow are loaded when they are first used, so that `import kg` costs nothing:

>>> import kg
>>> text = "贝壳区灯塔养护方案\n\n一、重点任务\n（一）修灯。到2031年，修好灯塔30座。（牵头单位：区民政局）"
>>> plan = kg.resolve(kg.extract(kg.read(text.encode())))
>>> [duty.department for task in plan.tasks for duty in task.responsibilities]
['区民政局']
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import build
    from kg.documents import read
    from kg.export import as_rdflib
    from kg.extract import extract
    from kg.facts_only import facts_only
    from kg.labels import function_labels
    from kg.merge import merge
    from kg.pages import review_page, view_page, write_page
    from kg.queries import ask, questions
    from kg.rank import rank
    from kg.records_file import dumps, loads
    from kg.resolve import resolve, unknown_bodies
    from kg.score import score
    from kg.site import write_site
    from kg.sources import gather
    from kg.store import open_store
    from kg.tables import write_tables
    from kg.validate import validate

__all__ = [
    "as_rdflib",
    "ask",
    "build",
    "dumps",
    "extract",
    "facts_only",
    "function_labels",
    "gather",
    "loads",
    "merge",
    "open_store",
    "questions",
    "rank",
    "read",
    "resolve",
    "review_page",
    "score",
    "unknown_bodies",
    "validate",
    "view_page",
    "write_page",
    "write_site",
    "write_tables",
]

_ROOMS = MappingProxyType(
    {
        "as_rdflib": "kg.export",
        "ask": "kg.queries",
        "build": "kg.build",
        "dumps": "kg.records_file",
        "extract": "kg.extract",
        "facts_only": "kg.facts_only",
        "function_labels": "kg.labels",
        "gather": "kg.sources",
        "loads": "kg.records_file",
        "merge": "kg.merge",
        "open_store": "kg.store",
        "questions": "kg.queries",
        "rank": "kg.rank",
        "read": "kg.documents",
        "resolve": "kg.resolve",
        "review_page": "kg.pages",
        "score": "kg.score",
        "unknown_bodies": "kg.resolve",
        "validate": "kg.validate",
        "view_page": "kg.pages",
        "write_page": "kg.pages",
        "write_site": "kg.site",
        "write_tables": "kg.tables",
    }
)
"""The module of each verb."""


class _Package(ModuleType):
    """The package, in which a verb means the function even where a module bears the same name.

    Importing `kg.rank` sets the attribute `rank` of the package to that module, so a plain `__getattr__` would give the
    function or the module, whichever came first. `from kg.rank import RankRow` works as ever.
    """

    def __getattribute__(self, name: str) -> Any:
        if name in _ROOMS:
            return getattr(import_module(_ROOMS[name]), name)
        return super().__getattribute__(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_ROOMS})


sys.modules[__name__].__class__ = _Package
