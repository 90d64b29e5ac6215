"""The `dramatis` command. Everything heavy is imported by the command that needs it: `--help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from assets.settings import DEFAULT_MODEL, Settings


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("data"),
        envvar="DRAMATIS_HOME",
        show_default=True,
        help="Folder of lake, warehouse and exports.",
    )(command)


def model_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--model",
        default=DEFAULT_MODEL,
        envvar="DRAMATIS_MODEL",
        show_default=True,
        help="Installed spaCy pipeline, by name or path.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="dramatis")
def main() -> None:
    """A who's who you can query, from a folder of scraped news pages."""


@main.command()
@click.argument("landing", type=click.Path(exists=True, file_okay=False, path_type=Path))
@home_option
@click.option("--ingest-date", type=click.DateTime(["%Y-%m-%d"]), help="Day of the ingest partition; today (UTC).")
@model_option
@click.option("--prune", is_flag=True, help="Forget what came from files that are gone from LANDING.")
@click.option("--wait", default=3600.0, show_default=True, help="Seconds to wait for another run on this home.")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="DRAMATIS_LOG",
    show_default=True,
    help="Words for people, or a JSON object a line.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    envvar="DRAMATIS_ENGINE",
    show_default=True,
    help="Where pages are cleaned and searched for names: in this process, or on a Ray cluster.",
)
@click.option(
    "--months-above",
    type=click.IntRange(min=0),
    envvar="DRAMATIS_MONTHS_ABOVE",
    metavar="ROWS",
    help="Export documents, blocks and mentions of more rows than this as a file a month; never by default.",
)
def run(
    landing: Path,
    home: Path,
    ingest_date: datetime | None,
    model: str,
    prune: bool,
    wait: float,
    log: str,
    engine: str,
    months_above: int | None,
) -> None:
    """Ingest what is new in LANDING and bring everything up to date."""
    from uuid import uuid4

    from assets.alert import alert
    from assets.run import RunFailedError, run_pipeline
    from pipeline.entities import ModelMissingError

    run_id = str(uuid4())
    report = _report(log, run_id)
    day: date = ingest_date.date() if ingest_date else datetime.now(UTC).date()
    settings = Settings(landing, home, model, engine, months_above)
    report.begin(settings, day)
    try:
        outcome = run_pipeline(
            settings, day, report, run_id=run_id, prunes=prune, wait_seconds=wait, on_wait=report.waiting
        )
    except Exception as error:
        report.fail(str(error))
        if unsaid := alert(str(error), run_id):
            report.fail(unsaid)
        if not isinstance(error, RunFailedError | ModelMissingError):
            raise  # none that a run knows: whoever mends it needs to see where it came from
        sys.exit(1)
    report.finish(settings, outcome)


def _report(log: str, run_id: str) -> Any:
    if log == "json":
        from assets.json_log import JsonReport

        return JsonReport(run_id)
    from assets.console import ConsoleReport

    return ConsoleReport()


@main.command()
@click.argument("landing", type=click.Path(file_okay=False, path_type=Path), default=None, required=False)
@home_option
@model_option
def status(landing: Path | None, home: Path, model: str) -> None:
    """What a home holds, what is not done yet (with LANDING: new files too), and who is working on it."""
    from assets.status import print_status

    print_status(Settings(landing, home, model))


@main.command()
@home_option
@model_option
def check(home: Path, model: str) -> None:
    """Run the data checks on the published warehouse; exit 1 when one that stops a release fails."""
    from assets.data_checks import print_checks

    sys.exit(0 if print_checks(Settings(None, home, model)) else 1)


@main.command()
@click.argument("name")
@home_option
def explain(name: str, home: Path) -> None:
    """Who NAME is: its entity, its spellings by outlet, and why each was joined."""
    from assets.explain import print_explanation

    sys.exit(0 if print_explanation(home, name) else 1)


@main.command()
@home_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="Pairs at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a pair, and no questions.")
def review(home: Path, limit: int, as_json: bool) -> None:
    """The least certain joins and partings of names, with the words around them; answers go into overrides.yml.

    On a terminal each is asked about: yes joins the two for good, no holds them apart, from the next run on.
    """
    from assets.review import review as show

    choices = click.Choice(["y", "n", "s", "q"])
    ask = partial(click.prompt, type=choices, default="s", show_choices=False) if sys.stdin.isatty() else None
    sys.exit(0 if show(Settings(None, home), limit, as_json, ask) else 1)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Where the page came from, if known.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a block, for machines.")
def strip(file: Path, url: str | None, as_json: bool) -> None:
    """Show a page with what is cut and why."""
    from assets.strip_view import print_page

    print_page(file, url, as_json)


@main.command()
@click.argument("query")
@home_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV; cells a spreadsheet would execute are defused.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of a named question.")
def sql(query: str, home: Path, as_csv: bool, settings: tuple[str, ...]) -> None:
    """Run QUERY (SQL, or the name of a file of sql/queries) on the published warehouse, read-only."""
    from assets.sql_view import print_query

    parameters = dict(setting.split("=", 1) for setting in settings)
    sys.exit(0 if print_query(home, query, as_csv, parameters) else 1)


@main.group()
def release() -> None:
    """The releases that a home keeps: list them, go back to one."""


@release.command("list")
@home_option
def release_list(home: Path) -> None:
    """The kept releases, oldest first, with what they hold and which run made them; * marks the current one."""
    from assets.releases import print_releases

    sys.exit(0 if print_releases(home) else 1)


@release.command("rollback")
@click.argument("release_id", metavar="RELEASE")
@home_option
def release_rollback(release_id: str, home: Path) -> None:
    """Show readers RELEASE (an id, its beginning, a run id, or `previous`) again; the lake is not touched."""
    from assets.releases import print_rollback

    sys.exit(0 if print_rollback(home, release_id) else 1)


@main.command()
@click.argument("before")
@click.argument("after")
@home_option
@click.option("--csv", "as_csv", is_flag=True, help="Every change, as CSV.")
def diff(before: str, after: str, home: Path, as_csv: bool) -> None:
    """Entities merged, split, renamed, gone and born between two kept releases.

    BEFORE and AFTER are `current`, `previous`, an id of `dramatis release list` or its beginning, or a run id.
    """
    from assets.releases import print_diff

    sys.exit(0 if print_diff(home, before, after, as_csv) else 1)


# `dramatis release diff` is the same command.
release.add_command(diff)


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["ftm", "graphml"]))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@home_option
def export(form: str, folder: Path, home: Path) -> None:
    """Write the published tables into FOLDER for other tools, offsets kept.

    FORMAT is `ftm` (FollowTheMoney entities, for Aleph) or `graphml` (who is named with whom, for Gephi).
    """
    from assets.export_command import print_export

    sys.exit(0 if print_export(home, form, folder) else 1)


@main.command()
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file instead.")
def dictionary(write: Path | None) -> None:
    """The data dictionary, as Markdown."""
    from pipeline.schema import data_dictionary

    if write:
        write.write_text(data_dictionary(), encoding="utf-8")
    else:
        click.echo(data_dictionary(), nl=False)
