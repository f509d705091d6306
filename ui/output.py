"""Answers and articles as the command line prints them, for people and as JSON for programs."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from index.types import Article
from qa.types import Answer, Citation

if TYPE_CHECKING:
    from qa.calibrate import Calibration
    from qa.evaluate import Comparison, Outcome


def article_json(article: Article) -> dict[str, Any]:
    """An article object of the contract, without text and state."""
    return {
        mark: getattr(article, mark)
        for mark in ("id", "path", "title", "publisher", "author", "published", "language", "url", "content_hash")
    }


def leaves_text(leaves: Sequence[int]) -> str:
    """Numbers of pages with runs drawn together: "p. 3", "pp. 1-2, 5"."""
    runs: list[list[int]] = []
    for leaf in leaves:
        if runs and leaf == runs[-1][-1] + 1:
            runs[-1][1:] = [leaf]
        else:
            runs.append([leaf])
    return f"{'p.' if len(leaves) == 1 else 'pp.'} {', '.join('–'.join(map(str, run)) for run in runs)}"


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer object of the contract."""
    found = {
        "id": answer.id,
        "question": answer.question,
        "search_question": answer.search_question,
        "status": answer.status,
        "answer": answer.text,
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "citations": [citation_json(citation) for citation in answer.citations],
        "near_misses": [citation_json(citation) for citation in answer.near_misses],
        "missing_words": list(answer.missing_words),
        "writer": answer.writer,
        "warnings": list(answer.warnings),
        "seconds": answer.seconds,
        "filters": answer.filters.stated(),
    }
    return {**found, "usage": answer.usage} if answer.usage else found


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation object of the contract."""
    found: dict[str, Any] = {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_json(citation.article),
    }
    return {**found, "span": list(citation.span)} if citation.span else found


def print_answer(answer: Answer) -> None:
    if answer.search_question != answer.question:
        print(f"Searched for: {answer.search_question}\n")
    found = [f"{name} {value}" for name, value in answer.filters.stated().items()]
    if found:
        print(f"Only articles with: {', '.join(found)}\n")
    if answer.status == "no_answer":
        print("The articles do not answer this.")
        if answer.missing_words:
            print(f"No article has: {', '.join(answer.missing_words)}")
        if answer.near_misses:
            print("\nNearest passages:")
        for citation in answer.near_misses:
            print(f"  “{citation.quote}”\n    {_source(citation.article)}")
        return
    print(answer.text)
    print()
    for citation in answer.citations:
        leaf = citation.article.leaf(citation.start)
        print(f"[{citation.number}] {_source(citation.article)}{f' · p. {leaf}' if leaf else ''}")
    for warning in answer.warnings:
        say(warning)


def print_evaluation(outcomes: Sequence["Outcome"], compared: "Comparison | None" = None) -> None:
    """What went wrong, question by question, then the figures, then what an earlier run did otherwise."""
    from qa.evaluate import summary
    from ui.report import change_text, table

    for outcome in outcomes:
        if not outcome.right:
            wanted = outcome.gold.groups or "no answer"
            got = [citation.quote for citation in outcome.answer.citations] or "no answer"
            print(f"wrong: {outcome.gold.question.id}: {outcome.gold.question.text}")
            print(f"    wanted {wanted}\n    got {got}")
    for heading, figures in table(summary(outcomes)):
        print(f"\n{heading}")
        for name, value in figures:
            print(f"  {name:22} {'-' if value is None else value}")
    if compared is None:
        return
    print(f"\nCompared on {compared.compared} questions")
    for name, old, new in compared.figures:
        if old != new and "seconds" not in name:
            print(f"  {name.replace('_', ' '):22} {old} -> {new}")
    for heading, changes in (("better", compared.better), ("worse", compared.worse)):
        for change in changes:
            print(f"{heading}: {change.new.id}: {change.new.question}\n    {change_text(change.old, change.new)}")


def print_calibration(found: "Calibration", threshold: float) -> None:
    print(f"{found.others} questions about others, {found.made} made from the articles, {found.masked} of them asked")
    print("again without the article they were made from: what others say may answer these.\n")
    print("threshold  about others: answered  article left out: answered  both    made: refused")
    for rates in found.rates:
        mark = "  proposed" if rates.threshold == found.proposed else ""
        print(
            f"{rates.threshold:<9g}  {rates.others:<22.3f}  {rates.masked:<26.3f}  {rates.false_answers:.3f}   "
            f"{rates.false_refusals:.3f}{mark}"
        )
    advice = " `footnote calibrate --write` sets the one proposed." if found.proposed is not None else ""
    print(f"\nThe threshold is {threshold:g} now.{advice}")


def _source(article: Article) -> str:
    known = [article.title, article.publisher, article.published, article.language, article.path]
    return " · ".join(part for part in known if part)


def print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False) + "\n", end="", flush=True)  # one write: threads print too


def say(message: str) -> None:
    print(message, file=sys.stderr)
