"""The word that governs an amount: subjects, objects, heads of phrases and verbs of movement."""

import pytest

from pipeline.extractors.money.amounts import find_amounts
from pipeline.extractors.money.context import find_cues
from pipeline.extractors.money.governors import governed


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The projected overspend for the Housing Portfolio and the contracts was £7m.", ["overspend"]),
        ("In 2024/25, the budget for these grants is £300,000.", ["budget"]),
        ("Without these grants the under spend would have been £3.9m.", ["underspend"]),
        ("There was an expected carry forward for the Schools Block of just under £0.8m.", ["transfer"]),
        ("It would declare a surplus on the business rates collection fund of £2.4m.", ["underspend"]),
        ("The spending budget had increased from £38.2m to £39.4m.", ["budget", "budget"]),
        ("To reduce the proposed budget for fleet replacement by £500,000 to £3.3m.", ["variance", "budget"]),
        ("The grant changes increase the budget by £361.3 million.", ["variance"]),
        ("Members noted a £255m budget and the £2m savings programme.", ["budget", "saving"]),
        ("To allocate £13,054 of play provision section 106 funding to the park.", ["contribution"]),
        ("The outturn was £3m over budget.", [None]),
        ("Each £1m of borrowing costs £68,000.", ["debt", None]),
        ("The figure is £3m.", [None]),
    ],
)
def test_the_word_that_governs_an_amount_claims_it(sentence: str, measures: list[str | None]) -> None:
    amounts, cues = find_amounts(sentence), find_cues(sentence)
    spans = [(amount.start, amount.end) for amount in amounts]
    claims = [governed(sentence, amount, cues, spans) for amount in amounts]
    assert [claim and claim.measure for claim in claims] == measures
