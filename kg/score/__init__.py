"""Score what was found in documents against a reference: plans and references go in, precision, recall and F1 come out."""

from kg.score.annotation import Annotation
from kg.score.measures import Counts, Measure
from kg.score.pairing import Unpaired
from kg.score.relations import Relation
from kg.score.scorer import DocumentScore, Miss, Scores, score, shortfalls

__all__ = [
    "Annotation",
    "Counts",
    "DocumentScore",
    "Measure",
    "Miss",
    "Relation",
    "Scores",
    "Unpaired",
    "score",
    "shortfalls",
]
