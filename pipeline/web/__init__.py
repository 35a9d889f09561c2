"""The local web application: search, a record beside the picture of its page, profiles, SQL.

Server-side templates that need no script; a little script makes them handier. Nothing here writes.
"""
