"""Why an address did not give what was asked for."""

from __future__ import annotations


class Trouble(Exception):
    """An address did not give it. `kind` is a word for programs, `why` is for a person."""

    def __init__(self, kind: str, why: str, *, status: int | None = None, wait: float = 0.0) -> None:
        super().__init__(why)
        self.kind = kind
        self.why = why
        self.status = status
        self.wait = wait
        """Seconds for which the site asks us to wait."""


class Passing(Trouble):
    """It may be over in a moment: asked again."""


class Refused(Trouble):
    """We do not take it, or are not given it: not asked again in a hurry."""


class Gone(Trouble):
    """There is no such thing (404, 410)."""


class Forbidden(Trouble):
    """The site's robots.txt keeps us out."""
