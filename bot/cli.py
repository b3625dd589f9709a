"""The commands: `python -m bot …`."""

from __future__ import annotations

import asyncio
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
    """Bring the encoder and the model up to date."""
    from bot.training import TrainingFailed
    from bot.training import train as bring_up_to_date

    try:
        trained = bring_up_to_date(force)
    except TrainingFailed as error:
        _stop(str(error))
    typer.echo("The model is trained." if trained else "The model is up to date.", err=True)


@app.command()
def serve() -> None:
    """Serve the website, the chat API and the SMS webhook, with Rasa beside them."""
    import bot.gateway.serve

    try:
        bot.gateway.serve.serve()
    except bot.gateway.serve.CannotServe as error:
        _stop(str(error))


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
def chat() -> None:
    """Talk to the bot in this terminal; nothing is kept."""
    from bot.ask import chat_in_terminal

    asyncio.run(chat_in_terminal(_assistant()))


@app.command()
def sms(
    texts: bool = typer.Option(False, help="Print the texts to set up at the provider for HELP, STOP and START."),
    fallback: bool = typer.Option(False, help="Print the TwiML to put at Twilio for when we are down."),
) -> None:
    """Text with the assistant as by phone; shows the segments of each message."""
    from bot.gateway.static_replies import StaticReplies
    from bot.sms_console import fallback_file, provider_texts, text_in_terminal

    if texts:
        typer.echo(provider_texts(StaticReplies.load()))
    if fallback:
        typer.echo(fallback_file(StaticReplies.load()), nl=False)
    if not texts and not fallback:
        asyncio.run(text_in_terminal(_assistant()))


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
    from bot.gaps import Gaps

    rows = Gaps().rows()
    for row in rows:
        typer.echo(f"{row.week}  {row.topic:<10}  {row.city:<15}  {row.count}")
    if not rows:
        typer.echo("No week has five unanswered questions near one topic.")


@app.command("hotline-only")
def hotline_only(state: str = typer.Argument(..., help="on or off")) -> None:
    """Make every gateway answer with the hotlines alone, or stop that."""
    from bot.gateway.switch import HotlineOnly

    if state not in {"on", "off"}:
        _stop(f"hotline-only takes on or off, not {state!r}.")
    HotlineOnly(False).set(state == "on")
    typer.echo(f"hotline-only is {state}.")


def _assistant() -> Any:
    import bot.logs

    bot.logs.configure_logging("warning")
    from bot.rasa.assistant import Assistant, ModelMissing
    from bot.retrieval.encoder import EncoderMissing

    try:
        return Assistant.load()
    except (ModelMissing, EncoderMissing) as error:
        _stop(str(error))


def _stop(sentence: str) -> Any:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
