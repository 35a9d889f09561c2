"""A person's look at what the machine is least sure of: which records, what is said of them, gold made of it."""

from pipeline.review.deciding import correction_of
from pipeline.review.exporting import Exported, export
from pipeline.review.queue import SORTS, Unsure, unsure

__all__ = ["SORTS", "Exported", "Unsure", "correction_of", "export", "unsure"]
