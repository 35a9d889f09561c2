"""How far text reads like words."""

from pipeline.ingesters.quality import text_quality


def test_prose_is_all_words_and_garbage_is_few() -> None:
    assert text_quality("The Committee agreed that the report be noted.") == 1.0
    garbled = text_quality("Uif Dpnnjuuff bhsffe xvbu tkq rtqwz kjhgfdsq zxcvbn")
    assert garbled is not None
    assert garbled < 0.7


def test_figures_alone_have_no_quality() -> None:
    assert text_quality("1,204 75 (96) £14") is None
