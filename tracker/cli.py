"""The commands put together. Exit 0 done, 1 failed with a sentence, 2 wrong usage."""

from pathlib import Path

import click

from tracker import __version__
from tracker.commands import (
    bring_in,
    bring_table,
    demo,
    evidence,
    export,
    mail,
    people,
    reckon,
    recompute,
    remind,
    serve,
    sources,
    tokens,
    work,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Configuration; default ./config.toml."
)
@click.version_option(__version__, prog_name="answerby")
def main(config: Path | None) -> None:
    """Who owes the public an answer, since when, and whether what came back was one."""


for command in (
    demo.demo,
    people.init,
    serve.migrate,
    serve.run,
    serve.web,
    serve.worker,
    work.sweep,
    sources.collect,
    bring_in.bring_in,
    bring_table.list_imports,
    export.export,
    work.deliver,
    work.webhooks,
    remind.remind,
    work.alerts,
    work.sequence,
    work.reread,
    work.retain,
    recompute.recompute,
    work.verify,
    sources.sources,
    evidence.warc,
    evidence.withhold_it,
    reckon.due,
    reckon.rules,
    people.user,
    tokens.token,
    mail.mail,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
