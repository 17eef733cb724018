"""Where plans come from: paths, folders, archives, URLs and standard input go in, resolved plans come out, all at once or one by one."""

from kg.sources.file import Failure
from kg.sources.gathering import Gathered, Gathering, gather, gathering
from kg.sources.listing import list_sources
from kg.sources.reading import Progress, read_plan, read_plans

__all__ = [
    "Failure",
    "Gathered",
    "Gathering",
    "Progress",
    "gather",
    "gathering",
    "list_sources",
    "read_plan",
    "read_plans",
]
