"""Words as they are searched."""

import unicodedata

from index.words import fold, rarity, stem, words


def test_words_are_lower_case_and_composed() -> None:
    assert words("The “Jerusalem Declaration”, 13/7!") == ["the", "jerusalem", "declaration", "13", "7"]
    assert words(unicodedata.normalize("NFD", "Đối thoại")) == ["đối", "thoại"]


def test_scripts_without_spaces_give_pairs() -> None:
    assert words("東京都 Tokyo") == ["東京", "京都", "tokyo"]
    assert words("東") == ["東"]


def test_fold_and_stem() -> None:
    assert fold("đường") == "duong"
    assert (stem("delegations", "en"), stem("delegation", "en")) == ("deleg", "deleg")
    assert stem("thoại", "vi") == "thoai"


def test_function_words_tell_nothing_and_names_much() -> None:
    assert rarity("the", "en") == 0
    assert rarity("của", "vi") == 0
    assert rarity("sullivan", "en") > 0.7
    assert rarity("smotrich", "en") == 1
    assert [rarity(word, "en") < 0.5 for word in ("couldn", "didn", "aren", "smotr")] == [True, True, True, False]
    assert rarity("anything", None) == 1
