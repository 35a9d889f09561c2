"""The command line: the commands, gathered."""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.commands.coverage import coverage
from pipeline.commands.diff import diff
from pipeline.commands.evaluate import evaluate
from pipeline.commands.explain import explain
from pipeline.commands.export import export
from pipeline.commands.ingest import ingest
from pipeline.commands.publish import publish
from pipeline.commands.query import query
from pipeline.commands.questions import questions
from pipeline.commands.report import report
from pipeline.commands.review import review
from pipeline.commands.schema import schema
from pipeline.commands.scrape import scrape
from pipeline.commands.serve import serve
from pipeline.commands.weekly import weekly


class Gathered(click.Group):
    """Lists its commands in the order in which a newcomer meets them, which is not the alphabet's."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names as they were added."""
        return list(self.commands)


@click.group(cls=Gathered, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="minutebook")
def main() -> None:
    """The published papers of UK councils as a database, each record traceable to words on a page.

    \b
    minutebook ingest ~/papers
    minutebook query "SELECT council, held_on, text FROM decisions WHERE text ILIKE '%home care%'"
    minutebook explain resolution-1f0c9a2b3d4e5f60 --image page.png
    """


for command in (
    ingest, scrape, weekly, coverage, query, questions, explain, schema, serve, report, review, export, diff, publish,
    evaluate,
):
    main.add_command(command)
