"""The fact bases that are kept in the project are good to serve."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.facts import SCHEMA_NAME, schema_text
from bot.knowledge.document import parse
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Report
from bot.knowledge.quotes import Article, wrong_quotes

from .folder import ROOT

ORLA_FLOOD = ROOT / "tests" / "reports" / "orla-flood"
PAIRS = [
    (ROOT / "knowledge" / "kyiv-drone-barrage.yaml", ROOT.parent / "shared" / "report" / "article.txt"),
    (ORLA_FLOOD / "orla-flood.yaml", ORLA_FLOOD / "article.txt"),
]
SERVED = sorted((ROOT / "knowledge").glob("*.yaml"))


def test_the_folder_that_is_served_loads() -> None:
    assert default_folder() == ROOT / "knowledge"
    assert {report.report.id for report in load(default_folder()).reports} == {path.stem for path in SERVED}


@pytest.mark.parametrize(
    ("report", "article"),
    [pytest.param(*pair, id=pair[0].stem) for pair in PAIRS if pair[1].is_file()],
)
def test_the_quotes_of_a_report_stand_in_its_article(report: Path, article: Path) -> None:
    document = parse(report.name, report.read_bytes())
    found = wrong_quotes(document.build(Report), Article.read(article.read_bytes()))
    assert [str(document.problem(path, message)) for path, message in found] == []


def test_the_schema_that_is_kept_is_the_one_of_the_models() -> None:
    assert (ROOT / "knowledge" / SCHEMA_NAME).read_text("utf-8") == schema_text(), "run `citebot schema`"


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.stem)
def test_editors_find_the_schema_in_the_first_line_of_a_report(path: Path) -> None:
    first, _, _ = path.read_text("utf-8").partition("\n")
    assert first == f"# yaml-language-server: $schema={SCHEMA_NAME}"


def test_the_schema_accepts_the_reports_that_load(tmp_path: Path) -> None:
    schema = ROOT / "knowledge" / SCHEMA_NAME
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
    for report in (*SERVED, ORLA_FLOOD / "orla-flood.yaml"):
        plain = tmp_path / f"{report.stem}.json"
        plain.write_text(json.dumps(parse(report.name, report.read_bytes()).data, default=str), "utf-8")
        command.append(str(plain))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
