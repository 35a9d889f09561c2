"""A stand-in for the democracy sites of invented councils, over real HTTP on loopback.

It speaks ModernGov's web service and pages, CMIS and a plain page of links, with their quirks; faults are made on
demand; it keeps count of every request. `model` has what is published, `papers` the bytes, a module per platform the
pages, `faults` what goes wrong, `server` the rest.
"""
