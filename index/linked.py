"""Reads the article that a web page describes in JSON-LD."""

import json
import re
from collections.abc import Collection
from html import unescape

LINKED_DATA = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script>", re.IGNORECASE | re.DOTALL)
CDATA = re.compile(r"^\s*(?:/\*|//)?\s*<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?:/\*|//)?\s*(?:\]\]|--)>(?:\s*\*/)?\s*$")
ARTICLE = re.compile(r"Article|Posting|Report|Blog")
INNER = ("@graph", "mainEntity", "mainEntityOfPage")


def linked_article(html: str, headings: Collection[str]) -> dict[str, object]:
    """What describes the page's article: headline, author, publisher, datePublished, inLanguage of schema.org.

    Of several articles the one that a heading of the page names, else the first; none without one. A date that
    the article lacks may stand with its web page.
    """
    items: list[object] = []
    for block in LINKED_DATA.findall(html[: html.lower().rfind("</script>") + 9]):
        block = CDATA.sub("", block)
        try:
            items.append(json.loads(unescape(block) if "&quot;" in block else block, strict=False))
        except (ValueError, RecursionError):
            continue
    nodes = [node for item in items for node in top_nodes(item)]
    articles = [node for node in nodes if ARTICLE.search(str(node.get("@type")))]
    if not articles:
        return {}
    node = next((one for one in articles if plain(text_of(one.get("headline"))) in headings), articles[0])
    named = {one["@id"]: one for one in nodes if isinstance(one.get("@id"), str) and one.get("name")}
    pages = [one for one in nodes if "WebPage" in str(one.get("@type"))]
    dated = (one.get(key) for one in (node, *pages[:1]) for key in ("datePublished", "dateCreated"))
    return {
        "headline": text_of(node.get("headline")),
        "author": names_of(node.get("author"), named),
        "publisher": names_of(node.get("publisher"), named),
        "datePublished": next((text for value in dated if (text := text_of(value))), ""),
        "inLanguage": text_of(node.get("inLanguage")),
    }


def top_nodes(item: object) -> list[dict]:
    """The things that a block of JSON-LD describes, not those that they only mention."""
    if isinstance(item, list):
        return [node for one in item for node in top_nodes(one)]
    if not isinstance(item, dict):
        return []
    inner = [item[key] for key in INNER if isinstance(item.get(key), dict | list)]
    return [item, *top_nodes(inner)] if inner else [item]


def names_of(value: object, named: dict[str, dict]) -> str | None:
    """The names of JSON-LD persons or organisations; a bare "@id" points to one of `named`."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or named.get(str(one.get("@id")), {}).get("name")
        for name in one if isinstance(one, list) else [one]:
            name = text_of(name)
            if name and "://" not in name and name not in names:
                names.append(name)
    return ", ".join(names) or None


def text_of(value: object) -> str:
    """A text out of JSON, without entities; what else stands there is none."""
    return unescape(value).strip() if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Letters and digits only, for comparing."""
    return re.sub(r"\W", "", text.casefold())
