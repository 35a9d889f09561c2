"""`python -m pipeline` is `minutebook`."""

from pipeline.cli import main

main(prog_name="minutebook")
