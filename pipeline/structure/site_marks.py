"""How a ModernGov site's pages, and copies of them, say which meeting they are about."""

from __future__ import annotations

import re

SUBTITLE = "mgSubTitleTxt"
"""The style of the heading that names body and date."""
ISSUE_MEETING = re.compile(
    r"^Meeting:\s+(?P<date>\d\d?/\d\d?/\d{4})\s+[-–]\s+(?P<body>.+?)(?:\s*\(Item\s+(?P<number>[\w./]+?)[.:]?\))?$"
)
"""A meeting on an issue's page: "Meeting: 20/09/2017 - Council (Item 52)"."""
ITEM_MEETING = re.compile(
    r"^Meeting of (?:the )?(?P<body>[A-Z].+?),\s+(?P<date>\w.+?)\s*\(Item\s+(?P<number>[\w./]+?)[.:]?\)$"
)
"""The meeting on the page of one item: "Meeting of Council, Monday, 3rd May, 2021 7.00 pm (Item 52.)"."""
DECIDED_AT = re.compile(r"(?P<date>\d\d?/\d\d?/\d{4})\s+[-–]\s+(?P<body>.+)$")
"""The value of "Decided at meeting": "19/10/2015 - Policy Committee"."""
SITE_LABEL = re.compile(
    r"^(?:Minutes|Decisions?|Additional documents|Supporting documents|Cofnodion|Penderfyniad|Dogfennau ychwanegol):$"
)
"""The site's own headings within an item. The colon tells "Minutes:" from an item that is called "Minutes"."""
