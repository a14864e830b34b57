from __future__ import annotations

import datetime as dt
import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from evals import gate
from evals.__main__ import cli
from evals.documents import digest_of, read_documents

TEXT = "President Ana Ruiz met Prime Minister Kaz Oda in Lima on Monday. They agreed to open three ports."
DOCUMENT = {"id": "a", "text": TEXT, "sentences": [[0, 65], [66, 99]]}
ANNOTATION = {
    "id": "a",
    "who": [{"name": "Ana Ruiz", "kind": "person"}, {"name": "Kaz Oda", "kind": "person"}],
    "where": [{"place": "Lima", "country": "Peru"}],
    "agreed": [{"sentence": 1, "status": "agreed"}],
    "outlook": [],
}


def check(**bounds: Any) -> gate.Check:
    return gate.Check("readouts", ["summaries", "docs.jsonl"], dt.date(2026, 11, 25), {}, **bounds)


def outcomes(one: gate.Check, figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(verdict.outcome, verdict.said) for verdict in gate.judge(one, figures)]


def never(arguments: Sequence[str]) -> Mapping[str, Any]:
    raise AssertionError(f"measured: {arguments}")


def test_a_drop_is_refused_with_figure_value_and_floor() -> None:
    one = check(at_least={"gain.rouge1.mean": 2.9})
    assert outcomes(one, {"gain": {"rouge1": {"mean": 2.5}}}) == [
        ("REFUSED", "gain.rouge1.mean 2.5, floor 2.9")
    ]
    assert outcomes(one, {"gain": {"rouge1": {"mean": 2.9}}})[0][0] == "holds"


def test_a_rise_beyond_a_ceiling_is_refused() -> None:
    one = check(at_most={"unsupported": 0})
    assert outcomes(one, {"unsupported": 3.2}) == [("REFUSED", "unsupported 3.2, ceiling 0")]


@pytest.mark.parametrize("figures", [{}, {"rouge1": None}, {"rouge1": {"mean": 50.0}}])
def test_a_figure_that_is_not_measured_is_refused(figures: dict[str, Any]) -> None:
    assert outcomes(check(at_least={"rouge1": 50}), figures)[0][0] == "REFUSED"


def test_data_that_is_not_here_is_skipped_and_named(tmp_path: Path) -> None:
    one = gate.Check("news", ["summaries", "news.jsonl"], dt.date(2026, 11, 25), {"news.jsonl": "0" * 64})
    (verdict,) = gate.hold([one], [tmp_path], never)
    assert (verdict.outcome, "news.jsonl" in verdict.said) == ("skipped", True)


def test_changed_data_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("{}\n", "utf-8")
    one = gate.Check("news", ["summaries", "news.jsonl"], dt.date(2026, 11, 25), {"news.jsonl": "0" * 64})
    (verdict,) = gate.hold([one], [tmp_path], never)
    assert (verdict.outcome, "news.jsonl" in verdict.said) == ("REFUSED", True)


def test_a_command_is_given_the_folder_of_its_data(tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "one.jsonl").write_text("{}\n", "utf-8")
    digest = {"days/one.jsonl": digest_of(tmp_path / "days" / "one.jsonl")}
    one = gate.Check("days", ["days", "--data", "FOLDER"], dt.date(2026, 11, 25), digest, {"f1": 1})
    given: list[Sequence[str]] = []

    def measure(words: Sequence[str]) -> Mapping[str, Any]:
        given.append(words)
        return {"f1": 1}

    assert [verdict.outcome for verdict in gate.hold([one], [tmp_path], measure)] == ["holds"]
    assert given == [["days", "--data", str(tmp_path)]]


def test_the_floors_on_record_are_well_formed_and_hold_for_the_data_that_ships() -> None:
    checks = gate.load_checks()
    shipped = [(one, name) for one in checks for name in one.data if (gate.SHIPPED / name).is_file()]
    assert shipped
    for one, name in shipped:
        assert digest_of(gate.SHIPPED / name) == one.data[name]
        assert name in one.run


def test_a_misspelt_key_in_the_floors_is_refused(tmp_path: Path) -> None:
    floors = tmp_path / "floors.yaml"
    floors.write_text(
        "- {name: a, run: [slots], recorded: 2026-11-25, data: {}, atleast: {f1: 1}}\n", "utf-8"
    )
    with pytest.raises(ValidationError, match="atleast"):
        gate.load_checks(floors)


@pytest.mark.parametrize(("floor", "status", "word"), [(0, 0, "holds"), (2, 1, "REFUSED")])
def test_the_command_measures_and_refuses(floor: int, status: int, word: str, tmp_path: Path) -> None:
    docs, annotations, floors = (
        tmp_path / name for name in ("docs.jsonl", "annotations.jsonl", "floors.yaml")
    )
    docs.write_text(json.dumps(DOCUMENT), "utf-8")
    annotations.write_text(json.dumps(ANNOTATION), "utf-8")
    one = {
        "name": "ports",
        "run": ["slots", docs.name, annotations.name],
        "recorded": "2026-11-25",
        "data": {file.name: digest_of(file) for file in (docs, annotations)},
        "at_least": {"agreed.f1": floor},
    }
    floors.write_text(json.dumps([one]), "utf-8")  # JSON is YAML
    made = CliRunner().invoke(cli, ["gate", "--floors", str(floors), "--data", str(tmp_path)])
    assert made.exit_code == status
    assert made.output == f"{word:8} ports: agreed.f1 1, floor {floor}\n"


def test_documents_are_read_plain_and_compressed(tmp_path: Path) -> None:
    # U+2028 ends no line of a JSON Lines file.
    rows = [{"id": 7, "text": "One.\u2028Two.", "summary": "One."}, {"id": "b", "text": "x"}]
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    (tmp_path / "a.jsonl").write_bytes(content)
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(content))
    plain = read_documents(tmp_path / "a.jsonl")
    assert plain == read_documents(tmp_path / "a.jsonl.xz")
    assert [(one.id, one.references) for one in plain] == [("7", ("One.",)), ("b", ())]
    assert "summary" not in plain[0].article
    assert read_documents(tmp_path / "a.jsonl", limit=1) == plain[:1]
