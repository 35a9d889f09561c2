"""Forty tables of real papers checked by eye, and how readings of them are judged."""
