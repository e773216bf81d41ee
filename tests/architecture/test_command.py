"""The `kyodo` command is there and answers at once."""

from typer.testing import CliRunner

from kyodo.config.cli import app


def test_the_command_tells_its_version():
    answer = CliRunner().invoke(app, ["version"])
    assert answer.exit_code == 0
    assert answer.stdout.strip()[0].isdigit()
