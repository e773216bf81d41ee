"""An operator sets up the bodies of a region by their codes or from a list of their own."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kyodo.core.audit import proof
from kyodo.core.audit.models import Entry
from kyodo.core.duties.models import Duty
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.organisations.rules import check_digit
from kyodo.core.regions import cli, lists

pytestmark = pytest.mark.django_db
HEADER = "code,name,kana,kind,lat,lng,sections\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["create", *arguments])


def test_all_of_a_prefecture_comes_with_its_code():
    answer = run("050008", "--dx-body", "秋田DX推進機構")
    assert answer.exit_code == 0, answer.output
    assert Organisation.objects.get(code="050008").kind == Kind.PREFECTURE
    assert Organisation.objects.municipal().count() == 25
    assert Organisation.objects.get(kind=Kind.DX_BODY).name == "秋田DX推進機構"
    tiles = set(Organisation.objects.municipal().values_list("tile_column", "tile_row", "tile_apart"))
    assert len(tiles) == 25
    assert "kyodo user create" in answer.output
    assert Entry.objects.filter(action="organisations.added").count() == 27
    assert proof.verify_live().holds


def test_a_city_alone_is_a_region_with_its_prefecture():
    assert run("282031").exit_code == 0
    assert set(Organisation.objects.values_list("name", flat=True)) == {"明石市", "兵庫県", "DX推進団体"}


def test_a_handful_of_towns_needs_no_prefecture():
    assert run("053031", "053279", "053465", "--no-prefecture").exit_code == 0
    assert not Organisation.objects.filter(kind=Kind.PREFECTURE).exists()
    assert Organisation.objects.municipal().count() == 3


def test_a_list_of_their_own_brings_its_sections(tmp_path: Path):
    file = tmp_path / "bodies.csv"
    file.write_text(HEADER + "282031,明石市,あかしし,city,34.64306,134.99722,総務課;窓口課\n", encoding="cp932")
    assert run("--from", str(file)).exit_code == 0
    assert set(Duty.objects.values_list("organisation__name", "name")) == {("明石市", "総務課"), ("明石市", "窓口課")}


def test_every_fault_of_a_list_is_told_with_its_line_and_nothing_is_made(tmp_path: Path):
    file = tmp_path / "bodies.csv"
    file.write_text(
        HEADER
        + "282030,明石市,,city,34.6,134.9,\n"  # check digit
        + "282031,,,hamlet,north,134.9,\n"  # name, kind, latitude
        + "282031,明石市,,city,34.6,,\n",  # twice, half a position
        encoding="utf-8-sig",
    )
    answer = run("--from", str(file))
    assert answer.exit_code == 2
    told = [line.removeprefix(f"{file}:").split(" ")[:2] for line in answer.output.splitlines()]
    assert told == [["2:", "code"], ["3:", "name"], ["3:", "kind"], ["3:", "lat"], ["4:", "lat"], ["4:", "code"]]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("content", [b"", b"name\n", HEADER.encode(), b"\xff\xfe\x00\x81"])
def test_what_is_no_list_is_refused_in_plain_words(tmp_path: Path, content: bytes):
    file = tmp_path / "bodies.csv"
    file.write_bytes(content)
    answer = run("--from", str(file))
    assert answer.exit_code == 2
    assert "Traceback" not in answer.output
    assert not Organisation.objects.exists()


def test_the_same_region_twice_is_refused_and_changes_nothing():
    run("282031")
    before = Entry.objects.count()
    answer = run("282031", "282014", "--dx-body", "別の団体")
    assert answer.exit_code == 1
    assert "明石市" in answer.output
    assert (Organisation.objects.count(), Entry.objects.count()) == (3, before)


@pytest.mark.parametrize(
    "arguments", [(), ("999999",), ("282030",), ("282031", "--from", "x.csv"), ("--from", "no.csv")]
)
def test_bad_input_is_exit_code_2(arguments: tuple[str, ...]):
    assert run(*arguments).exit_code == 2


def test_the_list_of_japan_is_whole():
    bodies = lists.japan().values()
    count = {kind: sum(1 for body in bodies if body.kind == kind) for kind in {body.kind for body in bodies}}
    assert count == {
        "prefecture": 47,
        "designated_city": 20,
        "special_ward": 23,
        "city": 772,
        "town": 743,
        "village": 183,
    }
    assert all(check_digit(body.code[:5]) == body.code[5] and body.kana for body in bodies)
