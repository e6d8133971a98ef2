"""Metrics of the running bot, in a registry of its own; no label holds anything that a person is or wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each, that nobody reads

CONTENT_TYPE = CONTENT_TYPE_LATEST
GAUGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "neuvoja_ready": ("1 where a part is as /readyz wants it", ("check",)),
    "neuvoja_leading": ("1 while this process does what only one may do", ()),
    "neuvoja_start_time_seconds": ("Unix time of the start", ()),
    "neuvoja_catalogue_info": ("The catalogue in use", ("hash", "intents", "languages")),
    "neuvoja_catalogue_refused": ("1 while changed data has errors and the last good version is in use", ()),
    "neuvoja_inbox_pending": ("Updates that wait to be handled", ()),
    "neuvoja_inbox_age_seconds": ("Age of the oldest of them", ()),
    "neuvoja_inbox_parked": ("Updates that failed and are kept aside", ()),
    "neuvoja_outbox_pending": ("Calls that wait to be made", ()),
    "neuvoja_outbox_age_seconds": ("Age of the oldest of them", ()),
    "neuvoja_outbox_parked": ("Calls that Telegram refused and that are kept aside", ()),
    "neuvoja_tickets_waiting": ("Requests that wait for an advisor", ("desk",)),
    "neuvoja_tickets_late": ("Those that wait longer than the desk's goal, in its business minutes", ("desk",)),
    "neuvoja_tickets_wait_seconds": ("The longest wait among them, nights and holidays counted", ("desk",)),
    "neuvoja_tickets_taken": ("Requests that an advisor has", ("desk",)),
    "neuvoja_human_only": ("1 while the bot's own answers are switched off", ()),
}
"""What is looked up when the page is asked for: name -> (help, labels)."""
Values = Mapping[tuple[str, ...], float]
"""Values of labels -> value."""


class Gauges(Collector):
    """Shows what was looked up last; what could not be looked up is left out."""

    def __init__(self) -> None:
        self.readings: Mapping[str, Values] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges that have readings."""
        for name, values in self.readings.items():
            words, labels = GAUGES[name]
            family = GaugeMetricFamily(name, words, labels=labels)
            for key, value in values.items():
                family.add_metric(key, value)
            yield family


class Metrics:
    """What one bot counts; several in a process do not meet."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges = Gauges()
        self._registry.register(self._gauges)
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "neuvoja_questions",
            "What residents asked, and what it led to",
            ("language", "city", "kind"),
            registry=self._registry,
        )
        self._updates = Counter("neuvoja_updates", "Updates by how they ended", ("outcome",), registry=self._registry)
        for outcome in ("handled", "failed", "parked"):
            self._updates.labels(outcome)  # there from the start: a rate needs a first value
        self._batch = Histogram(
            "neuvoja_batch_seconds",
            "Seconds of a transaction that handles waiting updates",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=self._registry,
        )
        self._match = Histogram(
            "neuvoja_match_seconds",
            "Seconds from a question to the screens that answer it: language, place, matching, rendering",
            buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
            registry=self._registry,
        )
        self._calls = Counter(
            "neuvoja_telegram_calls",
            "Calls of the outbox to Telegram: sent, or failed",
            ("method", "outcome"),
            registry=self._registry,
        )
        self._errors = Counter(
            "neuvoja_telegram_errors",
            "Failed calls by what follows from it",
            ("method", "verdict"),
            registry=self._registry,
        )
        self._telegram = Histogram(
            "neuvoja_telegram_seconds",
            "Seconds of a call to Telegram",
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self._registry,
        )

    def asked(self, exchanges: Iterable[tuple[str, str | None, str]]) -> None:
        """Counts committed exchanges: (language, city, kind)."""
        for language, city, kind in exchanges:
            self._questions.labels(language, city or "none", kind).inc()

    def handled(self, updates: int, seconds: float) -> None:
        """A committed batch."""
        self._updates.labels("handled").inc(updates)
        self._batch.observe(seconds)

    def failed(self, *, parked: bool) -> None:
        """An update that could not be handled."""
        self._updates.labels("parked" if parked else "failed").inc()

    def matched(self, seconds: float) -> None:
        """A question that was answered, or not."""
        self._match.observe(seconds)

    def called(self, method: str, verdict: str, seconds: float, *, sent: bool) -> None:
        """A call to Telegram."""
        self._calls.labels(method, "sent" if sent else "failed").inc()
        if not sent:
            self._errors.labels(method, verdict).inc()
        self._telegram.observe(seconds)

    def page(self, readings: Mapping[str, Values]) -> bytes:
        """Everything as Prometheus reads it, with what was looked up for it."""
        self._gauges.readings = readings
        return generate_latest(self._registry)
