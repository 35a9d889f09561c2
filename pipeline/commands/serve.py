"""`minutebook serve`: the local web application."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option

LOOPBACK = "127.0.0.1"


@click.command()
@db_option
@click.option("--host", default=LOOPBACK, show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8470, show_default=True, metavar="N",
              help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A name by which it may be called, where it does not listen to this machine alone.")
@click.option("--with-private", is_flag=True, help="Answer SQL though private persons' details were kept.")
def serve(db: Path, host: str, port: int, names: tuple[str, ...], with_private: bool) -> None:
    """Search, read and cite in the browser; each record stands beside the picture of its page.

    Listens to this machine alone unless told otherwise. There is no login: whoever can reach it can read all that
    is in the database, and ask it in SQL.

    \b
    minutebook serve
    minutebook serve --db papers.duckdb --port 9000
    minutebook serve --host 0.0.0.0 --name scrutiny.example.gov.uk
    """
    import socket

    import uvicorn

    from pipeline.store.query import Refused
    from pipeline.web.app import LOOPBACK as OWN_NAMES
    from pipeline.web.app import application

    try:
        app = application(db, [*OWN_NAMES, host, *names], with_private=with_private)
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except Refused as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"Cannot listen at {host}, port {port}: {error.strerror}. Another --port may be free.") from error
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Minutebook is at http://{shown}:{listening.getsockname()[1]}/ (Ctrl+C stops it)")
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])
