"""The seams to LlamaIndex."""

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.config import EmbeddingConfig
from index.embed import open_embedder
from index.errors import EmbeddingError, UsageError
from index.library import Library
from index.llama_embedding import FootnoteEmbedding, LlamaEmbedder
from index.sync import sync
from qa.ask import ask
from qa.llama_retriever import FootnoteRetriever
from qa.types import Question
from tests.conftest import SEEDS


def test_our_embedder_as_one_of_llamaindex(embedder) -> None:
    ours = FootnoteEmbedding(embedder)
    assert isinstance(ours, BaseEmbedding)
    np.testing.assert_allclose(ours.get_query_embedding("who?"), embedder.query("who?"), atol=1e-6)
    batch = ours.get_text_embedding_batch(["one text", "another"])
    np.testing.assert_allclose(batch[1], embedder.passages(["another"], [[]])[0][0], atol=2e-2)


def test_one_of_llamaindex_in_the_place_of_ours(embedder, make_library) -> None:
    config = EmbeddingConfig(provider="openai-like", model="e5")
    library = Library(make_library("llama").config, LlamaEmbedder(config, FootnoteEmbedding(embedder)))
    sync(library, [str(SEEDS)])
    answer = ask(library, Question("Why did Donald Trump withdraw the United States from the agreement with Iran?"))
    assert "deeming it too advantageous" in answer.citations[0].quote
    assert library.catalog.meta("embedding") == "openai-like/e5"


def test_a_provider_that_is_not_installed_or_has_no_model(tmp_path) -> None:
    with pytest.raises(UsageError, match="FOOTNOTE_EMBEDDING_MODEL"):
        open_embedder(EmbeddingConfig(provider="ollama"), tmp_path)
    with pytest.raises(EmbeddingError, match=r'pip install "footnote\[ollama\]"'):
        open_embedder(EmbeddingConfig(provider="ollama", model="nomic"), tmp_path)


def test_our_retrieval_as_a_llamaindex_retriever(seeds) -> None:
    nodes = FootnoteRetriever(seeds, limit=3).retrieve("Who welcomed the Israeli delegation led by Amir Eshel?")
    assert len(nodes) == 3
    assert nodes[0].node.metadata["title"].startswith("Joint Statement of the 48th")
    assert "Derek Chollet" in nodes[0].node.text
    assert [node.score for node in nodes] == sorted((node.score for node in nodes), reverse=True)
