import pytest


def test_a_conversation_with_numbered_buttons(neuvoja) -> None:
    result = neuvoja("chat", "--lang", "en", said="2\nhow do I get a tax card\n/quit\n")
    assert result.exit_code == 0
    assert "[2] Espoo" in result.stdout
    assert "Your city is now Espoo" in result.stdout
    assert "ax card" in result.stdout


def test_the_end_of_the_input_ends_it(neuvoja) -> None:
    assert neuvoja("chat", said="").exit_code == 0


def test_a_location_and_a_command(neuvoja) -> None:
    result = neuvoja("chat", "--lang", "en", said="@60.2178,24.8110\n/status\n/mydata\n/\n")
    assert "Your city is now Espoo" in result.stdout
    assert "City: Espoo" in result.stdout
    assert "Nothing is stored" in result.stdout


HARMLESS = "99|0|-1|٣|@|@1|@a,b|@1,2,3|@999,999|@nan,nan|/|/ x|  |\u202e|<b>".replace("|", "\n")


@pytest.mark.parametrize("lines", [HARMLESS, "²", "@inf,5"])
def test_any_line_is_answered(neuvoja, lines: str) -> None:
    result = neuvoja("chat", "--lang", "en", "--city", "espoo", said=f"{lines}\n/status\n")
    assert result.exit_code == 0
    assert "Language: English" in result.stdout


def test_identifiers_are_masked(neuvoja) -> None:
    assert "did not store" in neuvoja("chat", "--lang", "en", said="131052-308T\n").stdout


@pytest.mark.parametrize("option", [("--lang", "xx"), ("--city", "turku")])
def test_a_wrong_option(neuvoja, option: tuple[str, str]) -> None:
    result = neuvoja("chat", *option)
    assert result.exit_code == 2
    assert " ".join(option) in result.stderr
