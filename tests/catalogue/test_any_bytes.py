"""Whatever a file holds, loading finds problems and raises nothing."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue.problem import Problem

NAMES = (
    "intents/languages.yaml",
    "intents/topics.yaml",
    "intents/education/daycare-application/intent.yaml",
    "intents/education/daycare-application/fi.yaml",
    "knowledge/agreement.yaml",
    "knowledge/services.yaml",
    "knowledge/cities/espoo/city.yaml",
    "knowledge/cities/espoo/intents/daycare-application.yaml",
    "knowledge/points/espoo/advice-espoo.yaml",
    "knowledge/places/borders.geojson",
    "knowledge/places/postal_codes.csv",
    "knowledge/places/districts.csv",
    "knowledge/places/towns.csv",
    "knowledge/goals/2027.yaml",
    "knowledge/surveys/residents.yaml",
    "intents/lexicon/concepts.yaml",
    "intents/lexicon/fi.yaml",
    "intents/out-of-scope/fi.yaml",
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["fi", "espoo", "24/7", "Mo-Fr", "+358", "1" * 5000, "https://[", "2026-99-99", "\u202e", "<b", "a@b"]
    ),
)
KEYS = st.one_of(
    st.text(max_size=8), st.sampled_from(["fi", "points", "sources", "city", "type", "features", "coordinates"])
)
SHAPES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
MANY = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sound(loaded):
    """A catalogue or errors, never neither; every problem is one line."""
    assert all(isinstance(problem, Problem) for problem in loaded.problems)
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (loaded.catalogue is None) == bool(errors)
    for problem in loaded.problems:
        line = str(problem)
        assert line.isprintable()
        assert problem.line >= 1
        line.encode()


@MANY
@given(name=st.sampled_from(NAMES), raw=st.binary(max_size=200))
def test_any_bytes_as_any_file(data, name, raw):
    before = (data.root / name).read_bytes() if (data.root / name).exists() else None
    data.write(name, raw)
    sound(data.load())
    _restore(data, name, before)


@MANY
@given(name=st.sampled_from(NAMES), value=SHAPES)
def test_any_values_as_any_file(data, name, value):
    before = (data.root / name).read_bytes() if (data.root / name).exists() else None
    data.write(name, json.dumps(value).encode())
    sound(data.load())
    _restore(data, name, before)


def _restore(data, name, before):
    if before is None:
        data.remove(name)
    else:
        data.write(name, before)


VALUE = st.one_of(SHAPES, st.sampled_from(["null", "2026-11-21", "[60.2, 24.7]", "9999-12-31", "0001-01-01"]))


@MANY
@given(name=st.sampled_from(NAMES[:9]), value=VALUE, seed=st.integers(0, 10_000))
def test_any_value_in_any_line(data, name, value, seed):
    before = (data.root / name).read_bytes()
    lines = before.decode().split("\n")
    number = random.Random(seed).randrange(len(lines))
    written = value if isinstance(value, str) else json.dumps(value)
    lines[number] = lines[number].split(":")[0] + ": " + written
    data.write(name, "\n".join(lines).encode("utf-8", "surrogatepass"))
    sound(data.load())
    data.write(name, before)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("knowledge/places/borders.geojson", b"[" * 100_000),
        ("knowledge/places/borders.geojson", b'{"features": [{"id": "espoo", "geometry": {"type": "Polygon"}}]}'),
        ("knowledge/places/borders.geojson", b'{"features": [null, 1, [], {"properties": [1]}]}'),
        ("knowledge/places/borders.geojson", b'{"features": [' + b"1" * 5000 + b"]}"),
        ("knowledge/places/postal_codes.csv", b'"' + b"x" * 200_000 + b'"\n'),
        ("knowledge/places/districts.csv", b"name_fi\x00\n"),
        ("knowledge/points/espoo/advice-espoo.yaml", b"names: &a {fi: *a}\n"),
        ("knowledge/agreement.yaml", b"cost_shares: {helsinki: 1e400, espoo: .nan}\n"),
    ],
)
def test_what_once_broke_other_readers(data, name, content):
    data.write(name, content)
    loaded = data.load()
    sound(loaded)
    assert loaded.catalogue is None


def test_a_folder_or_a_link_to_nowhere_in_a_files_place(data):
    data.remove("knowledge/agreement.yaml")
    (data.root / "knowledge/agreement.yaml").symlink_to("nowhere")
    data.remove("intents/topics.yaml")
    (data.root / "intents/topics.yaml").mkdir()
    loaded = data.load()
    sound(loaded)
    assert [str(problem).split(";")[0] for problem in loaded.problems if problem.severity == "error"][:2] == [
        "intents/topics.yaml:1: error: the file is missing",
        "knowledge/agreement.yaml:1: error: is not a regular file",
    ]
