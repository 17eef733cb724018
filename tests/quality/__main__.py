"""Print the page of the checks: PYTHONPATH=tests python -m quality > docs/ontology-checks.md."""

from quality.page import page

print(page(), end="")
