"""Strict YAML: lines are kept, and what YAML 1.1 would change silently is told."""

from datetime import date

import pytest

from bot.catalogue.problem import Report
from bot.catalogue.yaml_file import read_yaml


def read(source):
    report = Report()
    raw = source if isinstance(source, bytes) else source.encode()
    return read_yaml(raw, "f.yaml", report), [str(problem) for problem in report.problems]


def test_plain_data_with_the_line_of_every_value():
    document, problems = read("a:\n  b: x\n  c:\n    - 1\n    - |\n      two\n      lines\nd: 2026-11-21\n")
    assert problems == []
    assert document.data == {"a": {"b": "x", "c": [1, "two\nlines\n"]}, "d": date(2026, 11, 21)}
    assert document.line("a", "c", 1) == 5
    assert document.line("a", "b") == 2
    assert document.line("a", "unknown", 7) == 1
    assert document.line_of("lines", "a", "c", 1) == 7


def test_keys_are_text_and_a_byte_order_mark_is_tolerated():
    document, problems = read(b"\xef\xbb\xbfno: yes\n1: ~\n")
    assert (document.data, problems) == ({"no": True, "1": None}, [])
    assert document.written["no",] == "yes"


@pytest.mark.parametrize(
    ("source", "beginning"),
    [
        (
            "a: 02230\n",
            'f.yaml:1: error: the unquoted `02230` can be read as another number; put it in quotes: "02230"',
        ),
        (
            "a:\n  - 10:30\n",
            'f.yaml:2: error: the unquoted `10:30` can be read as another number; put it in quotes: "10:30"',
        ),
        ("a: 1_000\n", "f.yaml:1: error: the unquoted `1_000`"),
        ("a: 0x1f\n", "f.yaml:1: error: the unquoted `0x1f`"),
        (
            "a: 2026-02-20 10:00:00\n",
            "f.yaml:1: error: `2026-02-20 10:00:00` is a time of day; write the day only: 2026-02-20",
        ),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: error: the key `a` stands here and on line 1; keep one of the two"),
        ("x: {a: 1,\n  a: 2}\n", "f.yaml:2: error: the key `a` stands here and on line 1"),
        ("a: &x 1\n", "f.yaml:1: error: an anchor (`&x`) is used"),
        ("a: 1\nb: *x\n", "f.yaml:2: error: an alias (`*x`) is used"),
        ("a: !!python/object:os.system x\n", "f.yaml:1: error: a tag ("),
        ("a: b\n\tc: d\n", "f.yaml:2: error: a tab is used to indent; indent with two spaces"),
        ("a: b\nc: d: e\n", 'f.yaml:2: error: a `:` stands inside an unquoted text; put the text in quotes: "..."'),
        ("a: @x\n", "f.yaml:1: error: an unquoted text begins with @"),
        ("a: [1,\n", "f.yaml:1: error: a bracket opens here and is not closed where it should be; add the `]`"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: error: a second document begins here"),
        ("? [a]\n: b\n", "f.yaml:1: error: a list or mapping is used as a key"),
        ("\na: \x01\n", "f.yaml:2: error: the character U+0001 is not allowed in YAML; delete it"),
        ("", "f.yaml:1: error: the file is empty; fill it in or delete it"),
        ("\n# only a remark\n", "f.yaml:1: error: the file holds no data"),
        (b"a: b\nc: \xe4\n", "f.yaml:2: error: byte 0xe4 is not UTF-8; save the file as UTF-8"),
        ("[" * 100_000, "f.yaml:1: error: nested deeper than 20 levels"),
        (b"a: " + b"x" * 1_000_000, "f.yaml:1: error: the file has 1000003 bytes; split it: at most 1000000 are read"),
    ],
)
def test_one_clear_problem(source, beginning):
    _, problems = read(source)
    assert len(problems) == 1
    assert problems[0].startswith(beginning)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('t: "Vero\na: x\nb:\n  - c\n', '1: a text in quotes begins here and is never closed by a second "; add the "'),
        ('t: "Vero\na: "x"\n', '1: a text in quotes begins here and is never closed by a second "; add the "'),
        ("t: x\na:\n  - 'b\n", "3: a text in quotes begins here and is never closed by a second '; add the '"),
        ('t: {fi: x, sv: "y}\nu: {fi: "x"}\n', "1: a text in quotes begins here and is never closed"),
        ("title:Vero\nanswer: x\n", "1: a space is missing after the `:` of `title`; write `title: Vero`"),
        ("title:Vero\nanswer: |\n  x\n", "1: a space is missing after the `:` of `title`; write `title: Vero`"),
        ("a: b\ntitle:Vero\nc: d\n", "2: a space is missing after the `:` of `title`; write `title: Vero`"),
        (
            "a: b\nreview_after:180\n",
            "2: a space is missing after the `:` of `review_after`; write `review_after: 180`",
        ),
        ("a: b\nanswer:|\n  x\n\n  y\nc: d\n", "2: a space is missing after the `:` of `answer`; write `answer: |`"),
        ("n:\n  fi:x\n  sv: y\n", "2: a space is missing after the `:` of `fi`; write `fi: x`"),
        ("s:\n  - a\n  -Anna kortti.\n  - c\n", "3: a space is missing after the hyphen; write `- Anna kortti.`"),
        ("s:\n  - a\n  -b\nc: d\n", "3: a space is missing after the hyphen; write `- b`"),
        (
            "a: |\n  eka\n\nToka kappale.\n\n  kolmas\ns: x\n",
            "4: the line `Toka kappale.` belongs to nothing; if it goes on with the text above, indent it like",
        ),
        ("a: |\n  eka\n Toka.\ns: x\n", "3: the indentation of this line fits none of the lines above; "),
        ("a: b\n  c: d\n", "2: this line is indented deeper than the line above, which already has its value; "),
        ("a:\n    b: c\n  d: e\n", "3: the indentation of this line fits none of the lines above; "),
        (
            'a: b\nhours: "Mo-Fr unknown "by appointment"; PH off"\n',
            (
                "2: a \" inside the text ends it too early; begin and end the whole text with ' instead: "
                "`'Mo-Fr unknown \"by appointment\"; PH off'`"
            ),
        ),
        (
            'a: "Kela" ja "Vero"\n',
            '1: a " inside the text ends it too early; begin and end the whole text with \' instead: `\'"Kela" ja',
        ),
        (
            "a: 'it's'\n",
            '1: a \' inside the text ends it too early; begin and end the whole text with " instead: `"it\'s"`',
        ),
        ('a: {fi: "x "y" z", sv: b}\n', '1: a " inside the text ends it too early; '),
        ('a: "C:\\hakemus"\n', "1: a `\\` stands inside double quotes; put the text in single quotes: '...'"),
        ("a: b\nc: [x, y\nd: e\n", "2: a bracket opens here and is not closed where it should be; add the `]`"),
        ("a: {fi: x,\n  sv: y\nb: c\n", "1: a bracket opens here and is not closed where it should be; add the `}`"),
        ("a: [x, y]]\n", "1: a `]` closes what nothing opened, or the wrong bracket; make the brackets pairs"),
        (
            "a: {fi: x sv: y}\n",
            "1: inside the brackets a comma is missing, or a text with a `:` or a comma has no quotes",
        ),
    ],
)
def test_slips_of_the_hand_are_told_in_plain_words_on_their_own_line(source, expected):
    _, problems = read(source)
    assert len(problems) == 1
    line, said = expected.split(": ", 1)
    assert problems[0].startswith(f"f.yaml:{line}: error: {said}")


def test_no_such_day_is_left_to_the_formats_as_text():
    document, problems = read("b: 1\na: 2026-02-30\n")
    assert (document.data["a"], problems) == ("2026-02-30", [])


def test_quoted_values_stay_text():
    document, problems = read('a: "02230"\nb: \'no\'\nc: "10:30"\nd: "2026-11-21"\n')
    assert (document.data, problems) == ({"a": "02230", "b": "no", "c": "10:30", "d": "2026-11-21"}, [])
