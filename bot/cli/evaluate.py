"""`neuvoja evaluate`: how well labelled questions are answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.catalogue.files import is_folder
from bot.cli.common import AsJson, Intents, Knowledge, conversation, fail, moment, settings
from bot.conversation.conversation import Conversation
from bot.domain.question import Question
from bot.matching.errors import TableError
from bot.matching.evaluation import Predict, Prediction, evaluate, read_rows

Known = Annotated[bool, typer.Option(help="Leave out rows whose intents the catalogue does not have; says how many.")]


def command(
    files: Annotated[list[Path], typer.Argument(help="Tables with lang, question and intent (or intents).")],
    *,
    predictions: Annotated[Path | None, typer.Option(help="Write what was predicted to this table.")] = None,
    known: Known = False,
    as_json: AsJson = False,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Measure the catalogue on labelled questions."""
    try:
        rows = [row for file in files for row in read_rows(file)]
    except TableError as error:
        fail(str(error))
    if predictions and (is_folder(predictions) or not is_folder(predictions.absolute().parent)):
        fail(f"{predictions}: cannot be written; give a file in a folder that is there")
    talk = conversation(settings(intents, knowledge))
    if known:
        kept = [row for row in rows if set(row.intents) <= talk.catalogue.intents.keys()]
        typer.echo(f"{len(rows) - len(kept)} of {len(rows)} rows left out: their intents are not here.", err=True)
        rows = kept
    report = evaluate(rows, predictor(talk))
    print(json.dumps(report.as_json(), indent=2) if as_json else report.render())
    if predictions:
        try:
            report.write_predictions(predictions)
        except OSError as error:
            fail(f"{predictions}: {error.strerror or error}", 1)


def predictor(talk: Conversation) -> Predict:
    """What the running bot would make of a stranger's question; the city is the place recognised in the message."""
    at = moment(None)

    def predict(text: str, language: str) -> Prediction:
        guidance = talk.guide.ask(Question(text, language, None, at))
        return Prediction(
            kind=guidance.kind,
            intents=guidance.intents,
            ranked=tuple(candidate.intent for candidate in guidance.candidates),
            score=guidance.candidates[0].score if guidance.candidates else 0.0,
            language=talk.written_in(text),
            city=guidance.place.city if guidance.place else None,
        )

    return predict
