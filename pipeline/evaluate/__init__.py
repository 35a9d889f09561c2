"""The judge: a database held against gold."""

from pipeline.evaluate.judge import NoGold, evaluate
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.result import Judged, Result
from pipeline.evaluate.tally import HEADER, KINDS, Tally

__all__ = ["HEADER", "KINDS", "Judged", "NoGold", "Outcome", "Result", "Tally", "evaluate"]
