import pytest

from bot.metrics import GAUGES, Metrics
from tests.pages import Scrape


def scrape(metrics: Metrics, **readings: dict[tuple[str, ...], float]) -> Scrape:
    return Scrape(metrics.page(readings).decode())


def test_exchanges_are_counted_with_or_without_a_city() -> None:
    metrics = Metrics()
    metrics.asked([("fi", "espoo", "answer"), ("fi", "espoo", "answer"), ("fi", None, "choice")])
    seen = scrape(metrics)
    assert seen.value("neuvoja_questions_total", language="fi", city="espoo", kind="answer") == 2
    assert seen.value("neuvoja_questions_total", language="fi", city="none", kind="choice") == 1


def test_outcomes_of_updates_are_there_from_the_start() -> None:
    metrics = Metrics()
    assert scrape(metrics).value("neuvoja_updates_total", outcome="parked") == 0
    metrics.handled(3, 0.02)
    metrics.failed(parked=False)
    metrics.failed(parked=True)
    seen = scrape(metrics)
    counted = {kind: seen.value("neuvoja_updates_total", outcome=kind) for kind in ("handled", "failed", "parked")}
    assert counted == {"handled": 3, "failed": 1, "parked": 1}
    assert seen.value("neuvoja_batch_seconds_bucket", le="0.025") == 1
    assert seen.value("neuvoja_batch_seconds_bucket", le="0.01") == 0


def test_a_call_that_went_well_is_no_error() -> None:
    metrics = Metrics()
    metrics.called("sendMessage", "sent", 0.1, sent=True)
    metrics.called("sendMessage", "wait-all", 3.0, sent=False)
    seen = scrape(metrics)
    errors = [one for one in seen.samples if one.name == "neuvoja_telegram_errors_total"]
    assert [(one.labels["verdict"], one.value) for one in errors] == [("wait-all", 1)]
    assert seen.value("neuvoja_telegram_calls_total", method="sendMessage", outcome="sent") == 1
    assert seen.value("neuvoja_telegram_seconds_count") == 2


def test_what_was_not_looked_up_is_left_out() -> None:
    metrics = Metrics()
    assert scrape(metrics, neuvoja_inbox_pending={(): 4}).value("neuvoja_inbox_pending") == 4
    assert scrape(metrics).value("neuvoja_inbox_pending") is None, "an old figure is not shown again"


@pytest.mark.parametrize("name", GAUGES)
def test_every_gauge_can_be_shown(name: str) -> None:
    _, labels = GAUGES[name]
    values = tuple("x" for _ in labels)
    assert scrape(Metrics(), **{name: {values: 1.5}}).value(name, **dict(zip(labels, values, strict=True))) == 1.5


def test_two_bots_in_a_process_do_not_meet() -> None:
    first, second = Metrics(), Metrics()
    first.matched(0.001)
    assert scrape(first).value("neuvoja_match_seconds_count") == 1
    assert scrape(second).value("neuvoja_match_seconds_count") == 0
