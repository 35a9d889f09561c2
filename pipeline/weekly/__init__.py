"""The whole round, unattended: scrape, ingest, publish, say what is new."""
