"""compose.yaml and docs/operations/kubernetes.yaml, read as what runs them would: no container is started here."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot.settings import Settings, listen_address, read_settings

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "compose.yaml"
KUBERNETES = ROOT / "docs" / "operations" / "kubernetes.yaml"
NGINX = (ROOT / "docs" / "operations" / "nginx.conf").read_text(encoding="utf-8")
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
REPLICAS = ("bot-1", "bot-2")
STATE = "/var/lib/neuvoja"
SECRETS = {name.upper() for name, field in Settings.model_fields.items() if SecretStr in get_args(field.annotation)}
NAMED = re.compile(r"\$\{(\w+)(?::([?-])[^}]*)?\}")
"""A variable of .env in compose.yaml, such as ${WEBHOOK_URL:?stands in .env}."""
GIVEN = {
    "BOT_TOKEN": "123:abc",
    "POSTGRES_PASSWORD": "0" * 48,
    "WEBHOOK_URL": "https://bot.example.org/telegram",
    "WEBHOOK_SECRET": "s" * 8,
    "DATABASE_URL": "postgresql+asyncpg://neuvoja@db.example.org/neuvoja",
}
"""What operators fill in."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]
    return found


@pytest.fixture(scope="module")
def kinds() -> dict[str, Any]:
    """The Kubernetes objects by kind; there is one of each."""
    documents = list(yaml.safe_load_all(KUBERNETES.read_text(encoding="utf-8")))
    by_kind = {one["kind"]: one for one in documents}
    assert len(by_kind) == len(documents)
    return by_kind


@pytest.fixture(scope="module")
def container(kinds: dict[str, Any]) -> dict[str, Any]:
    (only,) = kinds["Deployment"]["spec"]["template"]["spec"]["containers"]
    return dict(only)


def settings(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Settings:
    """The settings as the bot reads them from this environment."""
    monkeypatch.chdir(folder)  # no .env of this checkout
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        assert name.lower() in Settings.model_fields, f"{name} is no setting"
        monkeypatch.setenv(name, value)
    return read_settings(need_token=True)


def pinned(image: str) -> bool:
    tag = image.rpartition(":")[2]
    return ":" in image and tag[:1].isdigit() and tag != "latest"


def test_no_secret_stands_in_either_file(services: dict[str, Any], kinds: dict[str, Any], container: Any) -> None:
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if variable in SECRETS or "PASSWORD" in variable:
                assert NAMED.fullmatch(value), f"{name}: {variable}"
        if "DATABASE_URL" in service.get("environment", {}):
            assert re.search(r"://\w+:\$\{POSTGRES_PASSWORD:[^}]+\}@", service["environment"]["DATABASE_URL"]), name
    secret = {one["name"] for one in container["env"] if "secretKeyRef" in one["valueFrom"]}
    assert secret == SECRETS | {"DATABASE_URL"}
    assert not secret & kinds["ConfigMap"]["data"].keys()
    assert "Secret" not in kinds
    token = re.compile(r"\d{6,}:[\w-]{20,}|\b[0-9a-f]{32,}\b|(?i:begin [a-z ]*private key)")
    for path in (COMPOSE, KUBERNETES):
        assert not token.search(path.read_text(encoding="utf-8"))


# --- compose.yaml


@pytest.mark.parametrize("replica", REPLICAS)
def test_a_replica_is_given_settings_that_it_takes(
    services: dict[str, Any], replica: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment = {}
    for name, value in services[replica]["environment"].items():
        for variable, need in NAMED.findall(value):
            assert (need == "?") == (variable in GIVEN), f"{variable} is asked for, or has a default"
        environment[name] = NAMED.sub(lambda found: GIVEN.get(found[1], ""), value)
    read = settings(environment, monkeypatch, tmp_path)
    assert (services[replica]["env_file"], read.webhook_url) == (".env", GIVEN["WEBHOOK_URL"])
    database = make_url(read.database_url)
    server = services[str(database.host)]
    given = {name: NAMED.sub(lambda found: GIVEN[found[1]], value) for name, value in server["environment"].items()}
    assert given == {
        "POSTGRES_USER": database.username,
        "POSTGRES_DB": database.database,
        "POSTGRES_PASSWORD": database.password,
    }
    assert {"database"} == set(server["networks"]) <= set(services[replica]["networks"])
    proxy = ip_address(services["balancer"]["networks"]["outside"]["ipv4_address"])
    assert any(proxy in network for network in read.webhook_proxies)


def test_the_replicas_differ_in_their_place_only(services: dict[str, Any]) -> None:
    own = {"volumes", "networks"}
    first, second = ({key: value for key, value in services[name].items() if key not in own} for name in REPLICAS)
    assert first == second
    assert services["bot-1"]["volumes"] != services["bot-2"]["volumes"], "each keeps its own models"


def test_the_balancer_knows_the_replicas_by_name_and_port(services: dict[str, Any], compose: dict[str, Any]) -> None:
    upstream = dict(re.findall(r"^\s*server ([\w-]+):(\d+)", NGINX, re.MULTILINE))
    ports = {name: str(listen_address(services[name]["environment"]["WEBHOOK_LISTEN"])[1]) for name in REPLICAS}
    assert upstream == ports
    balancer = services["balancer"]
    assert set(balancer["depends_on"]) == set(REPLICAS)
    (listen,) = re.findall(r"^\s*listen (\d+);", NGINX, re.MULTILINE)
    assert balancer["ports"] == [f"127.0.0.1:8080:{listen}"], "TLS ends before it"
    (mounted,) = balancer["volumes"]
    source, target, mode = mounted.split(":")
    assert (ROOT / source).read_text(encoding="utf-8") == NGINX
    assert (target, mode) == ("/etc/nginx/nginx.conf", "ro")
    (path,) = re.findall(r"location = (\S+)", NGINX)
    assert GIVEN["WEBHOOK_URL"].endswith(path)
    subnet = ip_network(compose["networks"]["outside"]["ipam"]["config"][0]["subnet"])
    places = [services[name]["networks"]["outside"]["ipv4_address"] for name in (*REPLICAS, "balancer")]
    assert len(set(places)) == 3
    assert all(ip_address(place) in subnet for place in places)


def test_only_the_balancer_is_reached_from_outside(services: dict[str, Any], compose: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if "ports" in service} == {"balancer"}
    assert compose["networks"]["database"]["internal"] is True
    assert "outside" not in services["postgres"]["networks"]


@pytest.mark.parametrize("name", ["postgres", *REPLICAS, "balancer"])
def test_a_container_can_do_no_more_than_it_must(services: dict[str, Any], compose: dict[str, Any], name: str) -> None:
    service = services[name]
    assert set(services) == {"postgres", *REPLICAS, "balancer"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].partition(":")[0]) > 0
    assert "/tmp" in service["tmpfs"]
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid"} & service.keys()
    for volume in service["volumes"]:
        source = volume.partition(":")[0]
        inside = source.startswith("./") and (ROOT / source).resolve().is_relative_to(ROOT)
        assert source in compose["volumes"] or inside, "no path of the host but of the repository"
    assert pinned(service["image"]) or service["build"] == "."
    assert "healthcheck" in service
    assert service["restart"] == "unless-stopped"


def test_a_replica_runs_the_image_as_it_was_made(services: dict[str, Any]) -> None:
    replica = services["bot-1"]
    assert re.findall(r"^USER (.+)$", IMAGE, re.MULTILINE) == [replica["user"]]
    assert re.findall(r"^VOLUME (.+)$", IMAGE, re.MULTILINE) == [STATE]
    assert replica["volumes"][0].endswith(f":{STATE}")
    assert int(replica["stop_grace_period"].removesuffix("s")) >= 30
    assert replica["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"]
    assert re.fullmatch(r"postgres:1[67](\.\d+)?-\w+", services["postgres"]["image"])


class Page(BaseHTTPRequestHandler):
    """Answers every path but /readyz with 404, and /readyz as it is told."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Page) as page:
        thread = threading.Thread(target=page.serve_forever)
        thread.start()
        yield page.server_port
        page.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_asks_whether_it_is_ready(
    services: dict[str, Any], port: int, monkeypatch: pytest.MonkeyPatch, status: int, *, healthy: bool
) -> None:
    monkeypatch.setattr(Page, "status", status)
    replica = services["bot-1"]
    kind, program, *arguments = replica["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    own = f":{listen_address(replica['environment']['METRICS_LISTEN'])[1]}/"
    assert own in arguments[-1]
    command = [sys.executable, *(one.replace(own, f":{port}/") for one in arguments)]
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert (ended.returncode == 0) is healthy


# --- kubernetes.yaml


def test_a_pod_is_given_settings_that_it_takes(
    kinds: dict[str, Any], container: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = kinds["ConfigMap"]["data"]
    assert container["envFrom"] == [{"configMapRef": {"name": kinds["ConfigMap"]["metadata"]["name"]}}]
    secret = {one["name"]: one["valueFrom"]["secretKeyRef"]["key"] for one in container["env"]}
    read = settings(data | {name: GIVEN[key] for name, key in secret.items()}, monkeypatch, tmp_path)
    ports = {one["name"]: one["containerPort"] for one in container["ports"]}
    assert ports == {
        "webhook": listen_address(read.webhook_listen)[1],
        "metrics": listen_address(str(read.metrics_listen))[1],
    }


def test_pods_are_replaced_one_by_one(kinds: dict[str, Any], container: dict[str, Any]) -> None:
    spec = kinds["Deployment"]["spec"]
    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert spec["template"]["spec"]["terminationGracePeriodSeconds"] >= 30
    assert kinds["PodDisruptionBudget"]["spec"]["minAvailable"] == 1
    for one in (spec, kinds["PodDisruptionBudget"]["spec"]):
        assert one["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items()
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startup": "/healthz",
        "liveness": "/healthz",
        "readiness": "/readyz",
    }
    assert {probe["port"] for probe in probes.values()} == {"metrics"}


def test_a_pod_can_do_no_more_than_it_must(kinds: dict[str, Any], container: dict[str, Any]) -> None:
    pod = kinds["Deployment"]["spec"]["template"]["spec"]
    user = re.findall(r"^USER (\d+)$", IMAGE, re.MULTILINE)
    assert [str(pod["securityContext"]["runAsUser"])] == user
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    empty = {one["name"] for one in pod["volumes"] if "emptyDir" in one}
    mounted = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
    assert set(mounted) == {STATE, "/tmp"}
    assert set(mounted.values()) == empty
    assert len(pod["volumes"]) == 2
    assert pinned(container["image"])
    assert container["resources"]["requests"].keys() == {"cpu", "memory"}


def test_only_the_webhook_is_reached_from_outside(kinds: dict[str, Any], container: dict[str, Any]) -> None:
    (rule,) = kinds["Ingress"]["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert f"https://{rule['host']}{path['path']}" == kinds["ConfigMap"]["data"]["WEBHOOK_URL"]
    assert path["pathType"] == "Exact"
    service = kinds["Service"]
    assert path["backend"]["service"] == {"name": service["metadata"]["name"], "port": {"name": "webhook"}}
    (port,) = service["spec"]["ports"]
    assert (port["name"], port["targetPort"]) == ("webhook", "webhook")
    labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"].items() <= labels.items()
    assert {one["name"] for one in container["ports"]} == {"webhook", "metrics"}
