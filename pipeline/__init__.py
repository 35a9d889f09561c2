"""Minutebook: the published papers of UK councils as a database, each record traceable to words on a page."""

__version__ = "0.1.0"
