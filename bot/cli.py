"""The commands: `python -m bot …`."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Lamplight: serve, ask, chat, check.")


@app.callback()
def _settings_checked() -> None:
    """Stops any command while a setting is wrong."""
    from bot.settings import SettingsError, load_settings

    try:
        load_settings()
    except SettingsError as error:
        _stop(str(error))


@app.command()
def train(force: bool = typer.Option(False, help="Train even if nothing has changed.")) -> None:
    """Bring the encoders and the model up to date."""
    from bot.training import TrainingFailed
    from bot.training import train as bring_up_to_date

    try:
        trained = bring_up_to_date(force)
    except TrainingFailed as error:
        _stop(str(error))
    typer.echo("The model is trained." if trained else "The model is up to date.", err=True)


@app.command()
def tune() -> None:
    """Tune the encoders anew on the training messages and keep what they learned in weights/; over an hour on two cores."""
    import bot.training

    bot.training.tune()
    typer.echo("The weights are tuned. Run `make setup` to build encoders and model with them.", err=True)


@app.command()
def serve() -> None:
    """Serve the website, the chat API and the SMS webhook, with Rasa beside them."""
    import bot.gateway.serve

    try:
        bot.gateway.serve.serve()
    except bot.gateway.serve.CannotServe as error:
        _stop(str(error))


@app.command()
def rasa(
    host: str = typer.Option("127.0.0.1", help="The private address on which the worker listens."),
    port: int = typer.Option(0, help="Its port; LAMPLIGHT_RASA_PORT where none is given."),
) -> None:
    """Serve one Rasa worker alone, for gateways whose LAMPLIGHT_RASA_URLS names it."""
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.rasa_secret.get_secret_value():
        _stop("A Rasa worker needs LAMPLIGHT_RASA_SECRET, the same as its gateways. Make one with: openssl rand -hex 32")
    import bot.rasa.server

    bot.rasa.server.serve(host, port or settings.rasa_port)


@app.command()
def ask(
    question: str | None = typer.Argument(None, help="One question, answered for a person to read."),
    batch: Path | None = typer.Option(None, help="A file of JSON lines, each a fresh conversation."),
    out: Path | None = typer.Option(None, help="Where the answers of --batch go."),
) -> None:
    """Answer one question, or a file of them."""
    from bot.ask import BatchError, answer_batch, answer_once

    if (question is None) == (batch is None):
        _stop('Give either a question, such as: python -m bot ask "is it legal?", or --batch IN.jsonl --out OUT.jsonl.')
    if batch is not None and out is None:
        _stop("--batch needs --out, the file to write.")
    try:
        assistant = _assistant()
        if question is not None:
            typer.echo(asyncio.run(answer_once(assistant, question)))
        else:
            assert batch is not None and out is not None
            faults = asyncio.run(answer_batch(assistant, batch, out))
            if faults:
                raise typer.Exit(1)
    except BatchError as error:
        _stop(str(error))


@app.command()
def chat(record: Path | None = typer.Option(None, help="Write the dialogue to this file as a story.")) -> None:
    """Talk to the bot in this terminal; nothing is kept."""
    from bot.ask import chat_in_terminal

    if record is not None:
        _record("web", record)
    else:
        asyncio.run(chat_in_terminal(_assistant()))


@app.command()
def sms(
    texts: bool = typer.Option(False, help="Print the texts to set up at the provider for HELP, STOP and START."),
    fallback: bool = typer.Option(False, help="Print the TwiML to put at Twilio for when we are down."),
    record: Path | None = typer.Option(None, help="Write the dialogue to this file as a story."),
) -> None:
    """Text with the assistant as by phone; shows the segments of each message."""
    from bot.gateway.sms.front import fallback_xml
    from bot.gateway.static_replies import StaticReplies
    from bot.sms_console import provider_texts, text_in_terminal

    if texts:
        typer.echo(provider_texts(StaticReplies.load()))
    if fallback:
        typer.echo(fallback_xml(StaticReplies.load()), nl=False)
    if record is not None:
        _record("sms", record)
    elif not texts and not fallback:
        asyncio.run(text_in_terminal(_assistant()))


@app.command()
def test(
    paths: list[Path] | None = typer.Argument(None, help="Story files or folders (default: tests/dialogues)."),
    name: str | None = typer.Option(None, "-k", help="Only stories with this name, or these words in their name."),
    channel: str | None = typer.Option(None, help="Only stories of one channel: web, sms or rasa."),
    fail_fast: bool = typer.Option(False, help="Stop at the first story that fails."),
    watch: bool = typer.Option(False, help="Play a file again whenever it changes."),
    junit: Path | None = typer.Option(None, help="Write JUnit XML to this file."),
    coverage: bool = typer.Option(False, help="Also show what no story touches, and fail below the bounds."),
    report: Path | None = typer.Option(None, help="Write the figures as JSON to this file."),
) -> None:
    """Play dialogue stories through the whole bot; see docs/testing-stories.md."""
    from bot.stories import command

    choice = command.Choice(paths or [command.DIALOGUES], name, channel, fail_fast, junit)
    if watch:
        command.watch(choice, _assistant())
        return
    raise typer.Exit(command.run(choice, _assistant, coverage, report))


@app.command()
def lines(folder: Path = typer.Argument(..., help="Where lines.html and lines.json go.")) -> None:
    """Write the page that a proxy shows when no gateway answers."""
    from bot.gateway.lines import write_lines
    from bot.gateway.static_replies import StaticReplies
    from bot.settings import load_settings

    write_lines(folder, StaticReplies.load(), load_settings().exit_url)


@app.command()
def check(release: bool = typer.Option(False, help="Also fail while a printed number has not been rung within 90 days.")) -> None:
    """Validate everything in knowledge/."""
    from bot.retrieval.knowledge_check import check_knowledge

    faults = check_knowledge(release=release)
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        _stop(f"{len(faults)} faults in the knowledge. docs/knowledge-guide.md says how to mend them.")
    typer.echo("The knowledge is sound.")


@app.command()
def gaps() -> None:
    """Show how often no passage answered, by week, topic and city (from five on)."""
    from bot.settings import load_settings
    from bot.state.open import open_state

    rows = _reaching_state(open_state(load_settings()).gaps.rows())
    for row in rows:
        topic, city = row.labels
        typer.echo(f"{row.week}  {topic:<10}  {city:<15}  {row.count}")
    if not rows:
        typer.echo("No week has five unanswered questions near one topic.")


@app.command()
def votes() -> None:
    """Show whether answers helped, by week and passage (from five votes on)."""
    from bot.settings import load_settings
    from bot.state.counts import HIDDEN_BELOW
    from bot.state.open import open_state

    rows = _reaching_state(open_state(load_settings()).votes.rows())
    shown = {(row.week, *row.labels): row.count for row in rows}
    for week, passage in dict.fromkeys((week, passage) for week, passage, _ in shown):
        yes, no = (shown.get((week, passage, vote), f"under {HIDDEN_BELOW}") for vote in ("yes", "no"))
        typer.echo(f"{week}  {passage:<30}  helped: {yes:<7}  did not: {no}")
    if not rows:
        typer.echo("No passage has five votes of one kind in a week.")


@app.command("hotline-only")
def hotline_only(state: str = typer.Argument(..., help="on or off")) -> None:
    """Make every gateway answer with the hotlines alone, or stop that."""
    from bot.settings import load_settings
    from bot.state.open import open_state

    if state not in {"on", "off"}:
        _stop(f"hotline-only takes on or off, not {state!r}.")
    _reaching_state(open_state(load_settings()).hotline_only.set(state == "on"))
    typer.echo(f"hotline-only is {state}.")


def _reaching_state(work: Coroutine[Any, Any, Any]) -> Any:
    from bot.state.store import StateUnavailable

    try:
        return asyncio.run(work)
    except StateUnavailable as error:
        _stop(f"Redis cannot be reached ({error}). Check LAMPLIGHT_REDIS_URL and whether Redis runs.")


def _assistant() -> Any:
    import bot.logs

    bot.logs.configure_logging("warning")
    from bot.rasa.assistant import Assistant, ModelMissing
    from bot.retrieval.encoder import EncoderMissing

    try:
        return Assistant.load()
    except (ModelMissing, EncoderMissing) as error:
        _stop(str(error))


def _record(channel: str, file: Path) -> None:
    from bot.stories.recording import CannotRecord, record

    try:
        asyncio.run(record(_assistant(), channel, file))
    except CannotRecord as error:
        _stop(str(error))


def _stop(sentence: str) -> Any:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
