"""Phrases found among words."""

from pipeline.extractors.services.phrases import Phrases

KNOWN = Phrases([
    (["home", "care"], "home-care"), (["care"], "care"), (["home", "care", "team"], "team"), (["care"], "care"),
])


def test_every_phrase_is_found_where_it_stands() -> None:
    assert list(KNOWN.find(["the", "home", "care", "and", "care"])) == [
        (1, 3, "home-care"), (2, 3, "care"), (4, 5, "care"),
    ]


def test_a_phrase_that_goes_on_beyond_the_text_is_not_there() -> None:
    assert list(KNOWN.find(["home"])) == []
    assert list(KNOWN.find(["home", "care"])) == [(0, 2, "home-care"), (1, 2, "care")]


def test_one_phrase_may_name_several_things() -> None:
    both = Phrases([(["parks"], "parks"), (["parks"], "a near miss")])
    assert list(both.find(["parks"])) == [(0, 1, "parks"), (0, 1, "a near miss")]
