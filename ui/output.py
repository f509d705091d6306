"""Answers and articles as the command line prints them, for people and as JSON for programs."""

import json
import sys
from typing import Any

from index.types import Article
from qa.types import Answer, Citation


def article_json(article: Article) -> dict[str, Any]:
    """An article object of the contract, without text and state."""
    return {
        mark: getattr(article, mark)
        for mark in ("id", "path", "title", "publisher", "author", "published", "language", "url", "content_hash")
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer object of the contract."""
    return {
        "id": answer.id,
        "question": answer.question,
        "search_question": answer.search_question,
        "status": answer.status,
        "answer": answer.text,
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "citations": [_citation_json(citation) for citation in answer.citations],
        "near_misses": [_citation_json(citation) for citation in answer.near_misses],
        "missing_words": list(answer.missing_words),
        "writer": answer.writer,
        "warnings": list(answer.warnings),
        "seconds": answer.seconds,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_json(citation.article),
    }


def print_answer(answer: Answer) -> None:
    if answer.search_question != answer.question:
        print(f"Searched for: {answer.search_question}\n")
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


def _source(article: Article) -> str:
    known = [article.title, article.publisher, article.published, article.language, article.path]
    return " · ".join(part for part in known if part)


def print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)


def say(message: str) -> None:
    print(message, file=sys.stderr)
