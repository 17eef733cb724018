"""Find questions by words in Chinese or English: words go in, the questions that fit come out, the best first.

A Chinese word is found inside any text, and where it stands in none as a whole, by its pairs of characters (谁负责民政). An English
word is found at the beginning of a word, whatever its case and its plural. A question that fits all words goes before all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.questions.library import TOPICS
from kg.questions.reading import Question

__all__ = ["search"]

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[a-z0-9]+")
_FEWEST = 0.5
"""Share of the pairs of characters of a Chinese word that must be found."""


def search(words: str, among: Iterable[Question]) -> list[Question]:
    """Return the questions that fit all words, the best first; where none does, those that fit some."""
    wanted = [word for piece in words.casefold().split() for word in _pieces(piece)]
    scored = [(question, [_fit(word, question) for word in wanted]) for question in among]
    whole = [(question, fits) for question, fits in scored if all(fits)]
    some = whole or [(question, fits) for question, fits in scored if any(fits)]
    if not wanted:
        return []
    ranked = sorted(some, key=lambda pair: (-sum(pair[1]), pair[0].name))
    return [question for question, _ in ranked]


def _pieces(text: str) -> list[str]:
    """Cut a text where Chinese and other letters meet."""
    return re.findall(rf"{_CHINESE.pattern}|{_ENGLISH.pattern}", text)


def _fit(word: str, question: Question) -> float:
    """Return how well a word fits a question: by the best place in which it stands; 0 for none."""
    places = [(weight, text.casefold()) for weight, text in _places(question)]
    if not _CHINESE.fullmatch(word):
        return _weighed([weight * _english(word, text) for weight, text in places])
    return _best(word, places) or _by_pairs(word, places)


def _best(part: str, places: Iterable[tuple[int, str]]) -> float:
    return _weighed([weight for weight, text in places if part in text])


def _weighed(weights: Sequence[float]) -> float:
    """Weigh a word by its best place; more places break ties."""
    return max(weights, default=0) + sum(weights) / 20


def _by_pairs(word: str, places: Sequence[tuple[int, str]]) -> float:
    """Return half of what the pairs of characters of a word weigh on average, the less of them are found the less."""
    pairs = [_best(word[at : at + 2], places) for at in range(len(word) - 1)]
    share = sum(weight > 0 for weight in pairs) / len(pairs) if pairs else 0.0
    return sum(pairs) / len(pairs) * share / 2 if share >= _FEWEST else 0.0


def _places(question: Question) -> Iterable[tuple[int, str]]:
    yield 6, question.name
    yield 5, f"{question.question_zh} {question.question_en}"
    yield 4, " ".join(question.words)
    yield 3, " ".join((question.topic, *TOPICS.get(question.topic, ())))
    yield 1, " ".join(f"{parameter.name} {parameter.text} {parameter.text_zh}" for parameter in question.parameters)
    yield 1, " ".join(f"{column.name} {column.text} {column.text_zh}" for column in question.columns)


def _english(word: str, text: str) -> float:
    known, stem = _ENGLISH.findall(text), _stem(word)
    if any(_stem(other) == stem for other in known):
        return 1.0
    return 0.6 if len(stem) > 2 and any(other.startswith(stem) for other in known) else 0.0


def _stem(word: str) -> str:
    """Take the plural off a word: bodies, duties, deadlines.

    >>> [_stem(word) for word in ("bodies", "deadlines", "less", "gas")]
    ['body', 'deadline', 'less', 'gas']
    """
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
