"""Passages and sentences: exact, complete, in order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.chunk import MAX_SENTENCE, passages
from tests.conftest import SEEDS

LANGUAGES = st.sampled_from(["en", "vi", "de", "ar", "ru", "zh", "ja", None])
TEXT = st.text(alphabet=st.sampled_from("aB1 .!?\n。？،؛«»“”’-•éệ漢字\u0301\u200b\U0001f600"), max_size=400) | st.text(
    max_size=200
)


def check(text: str, language: str | None, tokens: int) -> None:
    found = passages(text, language, tokens)
    spans = [s for passage in found for s in passage.sentences]
    assert [s.start for s in spans] == sorted(s.start for s in spans)
    for before, after in pairwise(spans):
        assert before.end <= after.start
    kept = "".join(text[s.start : s.end] for s in spans)
    bullets = str.maketrans("", "", "•·▪‣◦*–—-")
    assert "".join(kept.split()).translate(bullets) == "".join(text.split()).translate(bullets)
    for passage in found:
        assert passage.span.start == passage.sentences[0].start
        assert passage.span.end == passage.sentences[-1].end
        for s in passage.sentences:
            assert text[s.start : s.end].strip() == text[s.start : s.end] != ""
            assert s.end - s.start <= MAX_SENTENCE


@given(TEXT, LANGUAGES, st.integers(16, 300))
def test_every_character_is_in_one_sentence(text: str, language: str | None, tokens: int) -> None:
    check(text, language, tokens)


def test_real_text() -> None:
    for path in SEEDS.glob("*.txt"):
        check(path.read_text(encoding="utf-8"), "en", 256)


def test_repeated_text_keeps_its_own_offsets() -> None:
    text = "The gate is open.\n\n" * 40
    found = passages(text, "en", 32)
    starts = [s.start for p in found for s in p.sentences]
    assert starts == [19 * i for i in range(40)]


def test_sentences_of_several_languages() -> None:
    cases = {
        "en": ("Dr. Eil Hulta met Maj. Gen. (ret.) Amir Eshel. “We agreed,” he said.", 2),
        "vi": ("Theo TTXVN, ngày 13/7, hai bên ra tuyên bố. Diễn đàn sẽ họp mỗi năm một lần.", 2),
        "de": ("Am 3. Mai kam Dr. Weiß. Er blieb z. B. bis Juni.", 2),
        "zh": ("我们来了。他走了！", 2),
        "ar": ("هذا كتاب. ما هذا؟", 2),
    }
    for language, (text, count) in cases.items():
        assert sum(len(p.sentences) for p in passages(text, language)) == count, text


def test_a_passage_is_about_as_long_as_asked() -> None:
    text = "\n\n".join(f"Paragraph {i} says that the council met again and agreed on nothing." for i in range(60))
    lengths = [p.span.end - p.span.start for p in passages(text, "en", 128)]
    assert all(250 < length < 800 for length in lengths)
