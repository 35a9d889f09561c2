"""The commands, one to a file. What is heavy is imported inside the command that needs it, so that `--help` is quick.

A file here turns words of a command line into a call of the library, prints what comes back, and gives a script its
exit status; `pipeline.cli` gathers them.
"""
