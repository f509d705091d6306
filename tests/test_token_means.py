import numpy as np
import pytest

from index.e5 import E5
from qa.token_means import load_token_means, without

BRIDGES = {
    "en": "The new bridge over the river was opened by the mayor on Monday.",
    "de": "Die neue Brücke über den Fluss wurde am Montag von der Bürgermeisterin eröffnet.",
    "vi": "Cây cầu mới bắc qua sông được thị trưởng khánh thành hôm thứ Hai.",
    "ru": "Новый мост через реку в понедельник открыл мэр города.",
}
WHEAT = {
    "en": "Wheat prices fell to their lowest level in three years.",
    "de": "Die Weizenpreise sind auf den niedrigsten Stand seit drei Jahren gefallen.",
    "vi": "Giá lúa mì giảm xuống mức thấp nhất trong ba năm.",
    "ru": "Цены на пшеницу упали до самого низкого уровня за три года.",
}


@pytest.fixture(scope="module")
def model(models) -> E5:
    return E5(models)


def test_without_its_language_a_sentence_is_nearest_to_its_translation(model) -> None:
    """As they are, sentences in one language on two subjects may be nearer than a sentence and its translation."""
    means = load_token_means()
    told = [(code, subject, text) for subject in (BRIDGES, WHEAT) for code, text in subject.items()]
    plain = np.array([vector for vector, _ in model.passages([text for *_, text in told], [[]] * len(told))])
    vectors = np.array([without(v, means.of_passage(code)[-1]) for v, (code, *_) in zip(plain, told, strict=True)])
    same = np.array([[one is other for _, one, _ in told] for _, other, _ in told])

    def overlap(cosines: np.ndarray) -> float:
        """How much further the nearest text on the other subject is than the furthest on the same."""
        return float(cosines[same].min() - cosines[~same].max())

    assert overlap(vectors @ vectors.T) > 0.1 > overlap(plain @ plain.T)


@pytest.mark.parametrize("language", ["vi", None, "xx"])
def test_what_is_left_has_no_part_in_the_direction_of_the_mean(language: str | None) -> None:
    mean = load_token_means().of_question(language)[-1]
    vectors = np.random.default_rng(0).normal(size=(5, len(mean)))
    left = without(vectors, mean)
    np.testing.assert_allclose(np.linalg.norm(left, axis=1), 1)
    np.testing.assert_allclose(left @ mean, 0, atol=1e-5)
