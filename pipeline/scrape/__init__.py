"""A council's website to a folder of files: the archive, the guest that asks for pages, and one module per platform.

What lies in the folder is read by `minutebook ingest` like any other; the ledger beside it says where each file came
from, when, and what it replaced.
"""
