"""Pages: plans and what to show of them go in, one HTML page that needs nothing else comes out."""

from __future__ import annotations

from kg.pages.center import UnknownCenterError
from kg.pages.review import review_page
from kg.pages.view import view_page
from kg.pages.write import write_page

__all__ = ["UnknownCenterError", "review_page", "view_page", "write_page"]
