"""Talk to a SPARQL server: queries, updates and graphs go out, answers within limits of time and size come back."""

from kg.remote.graphs import Graphs, GraphStore, UpdateStore
from kg.remote.session import MOST_BYTES, SECONDS, Reply, Request, Session

__all__ = ["MOST_BYTES", "SECONDS", "GraphStore", "Graphs", "Reply", "Request", "Session", "UpdateStore"]
