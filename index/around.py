"""The lines around an article that may speak of it."""

from itertools import pairwise

from index.clean import Body
from index.lines import Line

HEAD, TAIL = 6, 5
"""Lines above the title (or the body, without one) and below the body that may speak of the article."""


def head_lines(body: Body) -> list[Line]:
    """The lines between the title and the third paragraph that are no article, then those above the title."""
    if not body.kept:
        return []
    prose = [i for i in body.kept if i != body.title]
    stop = prose[min(2, len(prose) - 1)] if prose else body.kept[0]
    title = body.title if body.title is not None and body.title < stop else max(0, body.kept[0] - HEAD)
    between = [body.lines[i] for i in sorted(set(range(title + 1, stop)) - set(prose))]
    above = body.lines[max(0, title - HEAD) : title][::-1]
    return between + [line for line in above if not line.bullet]


def first_paragraph(body: Body) -> int:
    """The index of the first paragraph that another follows: a standfirst may stand above the byline."""
    prose = [i for i in body.kept if i != body.title]
    close = (i for i, following in pairwise(prose) if following - i <= 2)
    return next(close, prose[0] if prose else 0)


def tail_lines(body: Body) -> list[Line]:
    return list(body.lines[body.kept[-1] + 1 : body.kept[-1] + 1 + TAIL]) if body.kept else []


def under_title(body: Body) -> list[Line]:
    """The lines between the title and the first paragraph that are no article, lists left out."""
    if body.title is None:
        return []
    stop = next((i for i in body.kept if i > body.title and body.lines[i].size >= 100), 0)
    return [body.lines[i] for i in range(body.title + 1, stop) if i not in body.kept and not body.lines[i].bullet]
