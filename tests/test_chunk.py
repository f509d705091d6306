"""Passages and sentences: exact, complete, in order."""

from itertools import pairwise

import pytest
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


@pytest.mark.parametrize(("language", "text", "count"), [
    ('en', 'Dr. Smith met Mr. Jones at 5 p.m. on Friday. They left.', 2),
    ('en', 'The U.S. economy grew 2.5 percent. It was a surprise.', 2),
    ('en', '“We agreed,” he said. “It is done.” Nobody spoke.', 3),
    ('en', 'He asked: “Why now?” Then he left.', 2),
    ('en', 'Mr. J. R. Smith of Acme Inc. said no. The firm, e.g. its board, agreed.', 2),
    ('en', 'It cost $3.5 million vs. $2 million in Jan. 2020. That is a lot.', 2),
    ('en', 'Lt. Gen. Amir Eshel and Sen. Ann Bee spoke. The No. 1 issue is water.', 2),
    ('en', 'Visit www.example.com. It is new.', 2),
    ('en', 'What?! No way... He laughed.', 3),
    ('vi', 'Theo TTXVN, ngày 13/7, hai bên ra tuyên bố. Diễn đàn sẽ họp mỗi năm một lần.', 2),
    ('vi', 'TS. Nguyễn Văn A và PGS.TS. Trần B đến TP. Hồ Chí Minh. Họ ở lại.', 2),
    ('vi', 'Ông nói: “Chúng tôi đồng ý.” Sau đó ông đi.', 2),
    ('de', 'Am 3. Mai kam Dr. Weiß. Er blieb z. B. bis Juni.', 2),
    ('de', 'Die Fa. Müller zahlte ca. 5 Mio. Euro. Das ist viel.', 2),
    ('de', '„Wir gehen“, sagte er. „Jetzt.“ Dann ging er.', 3),
    ('de', 'Prof. Dr. h. c. Meier sprach am 1. Januar 2020 um 10.30 Uhr. Alle hörten zu.', 2),
    ('fr', 'M. Dupont et Mme Durand sont venus. Ils sont partis à 18 h.', 2),
    ('fr', '« Nous sommes d’accord », a-t-il dit. « C’est fini. » Il est parti.', 3),
    ('fr', 'Le Dr. Martin, p. ex., a payé 3,5 M€. C’est cher !', 2),
    ('es', 'El Sr. López y la Sra. Ruiz llegaron. ¿Por qué? ¡Nadie lo sabe!', 3),
    ('es', 'EE.UU. y la UE firmaron. El Dr. Pérez dijo: «Es bueno.» Luego se fue.', 3),
    ('ar', 'هذا كتاب. ما هذا؟ لا أعرف!', 3),
    ('ar', 'قال الدكتور أحمد: «نحن موافقون». ثم غادر.', 2),
    ('ru', 'Г. Иванов и т. д. приехал в 2020 г. в Москву. Он уехал.', 2),
    ('ru', '«Мы согласны», — сказал он. «Всё.» Потом ушёл.', 3),
    ('ru', 'Это стоит 5 млн. руб. и т. п. Дорого!', 2),
    ('zh', '我们来了。他走了！为什么？', 3),
    ('zh', '他说：“我们同意。”然后他走了。', 2),
    ('zh', '“好。”他说。', 2),
    ('ja', '私は行く。彼は来た！なぜ？', 3),
    ('ja', '「行きます。」と彼は言った。そして去った。', 2),
]
)  # fmt: skip
def test_sentences_of_several_languages(language: str, text: str, count: int) -> None:
    assert sum(len(p.sentences) for p in passages(text, language)) == count


def test_sentences_of_a_list_and_of_lines() -> None:
    text = "The council agreed on:\n• four bridges. They cost 3 million.\n• a new lamp\n\n- and no more"
    found = [text[s.start : s.end] for p in passages(text, "en") for s in p.sentences]
    assert found == [
        "The council agreed on:", "four bridges.", "They cost 3 million.", "a new lamp", "and no more"
    ]  # fmt: skip


def test_a_paragraph_in_another_language_is_divided_as_in_that_one() -> None:
    german = (
        "Der Damm ist alt, und die Fa. Müller hat ihn gebaut, wie der Bürgermeister des Ortes am Abend sagte, als er "
        "mit den Bauern sprach, die um ihre Brunnen fürchten. Die Stadt wartet nun auf ein Gutachten der Universität, "
        "das bis zum Sommer fertig sein soll."
    )
    assert [len(p.sentences) for p in passages(german, "en")] == [2]


def test_a_passage_is_about_as_long_as_asked() -> None:
    text = "\n\n".join(f"Paragraph {i} says that the council met again and agreed on nothing." for i in range(60))
    lengths = [p.span.end - p.span.start for p in passages(text, "en", 128)]
    assert all(250 < length < 800 for length in lengths)
