"""The alert rules and the dashboard name what the running bot really shows."""

import json
import re
from pathlib import Path

import yaml

from bot.metrics import GAUGES
from bot.simulator.server import TelegramServer
from tests.pages import Pages
from tests.telegram.desk.conftest import Room

FOLDER = Path(__file__).parent.parent.parent / "docs" / "operations"
OF_PROMETHEUS = {"up", "job", "instance", "le"}
WORDS = {"min", "max", "sum", "count", "by", "or", "rate", "increase", "absent", "histogram_quantile", "time"}


def alerts() -> list[dict]:
    loaded = yaml.safe_load((FOLDER / "alerts.yaml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def targets() -> list[str]:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]


def names(expression: str) -> set[str]:
    """Every metric and label in an expression; not the values of labels, numbers and times."""
    bare = re.sub(r'"[^"]*"|\[[^]]*\]', "", expression)
    return set(re.findall(r"[a-zA-Z_]\w*", bare)) - WORDS


def test_what_is_named_is_found() -> None:
    expression = 'sum by (job) (rate(neuvoja_x_total{verdict!~"a|b"}[5m])) > 0.1'
    assert names(expression) == {"job", "neuvoja_x_total", "verdict"}


def test_an_alert_says_how_bad_it_is_and_what_is_the_matter() -> None:
    rules = alerts()
    assert len({rule["alert"] for rule in rules}) == len(rules) >= 11
    for rule in rules:
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"].strip()
        assert re.fullmatch(r"\d+[smh]", rule["for"])


async def test_everything_that_is_watched_is_shown(server: TelegramServer, running) -> None:
    pages = Pages()
    async with running(server, metrics_listen=pages.listen) as bot:
        room = Room(server, bot)
        await room.desk("espoo", server.person(50, "Aino", "fi"))
        server.fault("429", method="sendMessage", times=1, retry_after=1)
        person = await room.resident(1)
        server.send_text(person, "how do I get a tax card")
        await server.next_message(person, containing="ax card")
        await bot.drained()
        scrape = await pages.scrape()
    shown = scrape.names | {label for one in scrape.samples for label in one.labels} | OF_PROMETHEUS
    expressions = [rule["expr"] for rule in alerts()] + targets()
    for expression in expressions:
        assert names(expression) <= shown, expression
    watched = {name for expression in expressions for name in names(expression)}
    own = {name for name in scrape.names if name.startswith("neuvoja_") and not name.endswith(("_sum", "_count"))}
    assert own <= watched, "what nobody looks at need not be shown"
    assert GAUGES.keys() <= scrape.names
