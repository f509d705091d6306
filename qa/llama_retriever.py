"""Footnote's retrieval as a LlamaIndex retriever, for anyone's pipeline."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.library import Library
from qa.retrieve import retrieve
from qa.types import ANY, Filters
from qa.understand import understand


class FootnoteRetriever(BaseRetriever):
    """Passages of a library as nodes, best first; `start` and `end` in the metadata are offsets into the article."""

    def __init__(self, library: Library, limit: int = 10, filters: Filters = ANY):
        super().__init__()
        self._library = library
        self._limit = limit
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = understand(query_bundle.query_str, (), self._library.catalog.languages())
        found = retrieve(self._library, query, self._filters, self._limit)
        return [
            NodeWithScore(
                node=TextNode(
                    id_=f"{candidate.article.id}:{span.start}-{span.end}",
                    text=candidate.article.text[span.start : span.end],
                    metadata={
                        "title": candidate.article.title,
                        "publisher": candidate.article.publisher,
                        "published": candidate.article.published,
                        "language": candidate.article.language,
                        "path": candidate.article.path,
                        "start": span.start,
                        "end": span.end,
                    },
                ),
                score=found.score(candidate),
            )
            for candidate in found.candidates
            for span in [candidate.row.passage.span]
        ]
