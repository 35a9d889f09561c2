"""A document at fault, as against a fault of ours."""

from __future__ import annotations


class Unreadable(Exception):
    """A file whose content cannot be read. `message` tells a person what is wrong and what to try."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
