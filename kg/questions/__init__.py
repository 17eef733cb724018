"""The library of questions: query files go in, questions with their parameters, bound and ready for any engine, come out."""

from kg.questions.binding import bind
from kg.questions.library import TOPICS, checks, find, questions, understand
from kg.questions.reading import Column, Parameter, Question, read_question
from kg.questions.resolving import resolve

__all__ = [
    "TOPICS",
    "Column",
    "Parameter",
    "Question",
    "bind",
    "checks",
    "find",
    "questions",
    "read_question",
    "resolve",
    "understand",
]
