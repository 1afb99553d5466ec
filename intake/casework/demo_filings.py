"""What the demo's lawyer files: two reports that she follows, and two that she has begun."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from tomllib import loads

from intake.casework.filings.beginning import begin
from intake.casework.filings.joining import follow
from intake.casework.reader import Reader
from intake.casework.receipts import new_once
from intake.form.answers import Answers
from intake.form.draft import Draft


def file_for_clients(lawyer: Reader, codes: Mapping[str, str], now: datetime) -> None:
    """Follow what the return codes of these cases open, by their keys, and begin more."""
    text = (files("intake.casework") / "data" / "demo_filed.toml").read_text("utf-8")
    rows = loads(text)
    for row in rows["followed"]:
        follow(lawyer, codes[row["key"]], row["name"], once=new_once(), now=now)
    for row in rows["begun"]:
        draft = Draft(Answers.from_json(row)).passing("who")
        begin(lawyer, draft, once=new_once(), now=now)
