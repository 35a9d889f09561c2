"""Services told by the names of bodies: a Planning Committee's paper is about planning, though it may not say so.

Only the body whose paper it is tells a service, and bodies that are the matter of an item or whose minutes are received
("the minutes of the Parks and Recreation Committee"): a committee that is mentioned in passing does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document import Outline
from pipeline.extractors.services.matching import Found, named
from pipeline.extractors.services.plain import plain

_BODY = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*,?\s+(?:(?:and|of|for|&|the)\s+)*){1,7})"
    r"(?i:sub[- ]?committee|committee|panel|board|authority|forum|working group|working party|commission)\b"
)
_MINUTES_OF = re.compile(r"\b[Mm]inutes of (?:the )?(?=[A-Z])")
_REACH = 90
"""Characters within which a body's name ends."""


def of_bodies(outline: Outline) -> Iterator[Found]:
    """The services that the names of the paper's own body and of the bodies in its items' titles tell."""
    text = outline.document.text
    places = [(item.start, item.end) for item in outline.items]
    if outline.body:
        own = text.casefold().find(outline.body.casefold())
        places += [(own, own + len(outline.body))] if own >= 0 else []
    places += [(found.end(), found.end() + _REACH) for found in _MINUTES_OF.finditer(text)]
    for start, end in dict.fromkeys(places):
        line = text[start:end].split("\n")[0]
        for body in _BODY.finditer(line.title() if line.isupper() else line):
            form = plain(body["name"])
            for service in named(form.text):
                begin = start + body.start()
                yield Found(begin + form.start(service.start), begin + form.end(service.end), service.service_id)
