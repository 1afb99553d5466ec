"""Sending the demo's reports as people would: by the urgent page, and through the form."""

from datetime import timedelta
from functools import partial
from typing import Final

from intake.casework.demo_report import (
    URGENT,
    DemoReport,
    after_urgent_page,
    demand_taken,
    on_urgent_page,
    passing,
    walked,
)
from intake.casework.draft_sending import send_draft
from intake.casework.drafts import begin_draft, change_draft, read_draft
from intake.casework.incoming import Report
from intake.casework.receipts import Receipt, new_once
from intake.casework.service import Service
from intake.casework.submit import submit
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.journey import next_step, to_send

_GOING_ON_TAKES: Final = timedelta(minutes=4)


def send(service: Service, report: DemoReport) -> Receipt:
    """Send one report page by page, each page kept as a browser keeps it.

    An urgent one goes at once, and what its page does not ask is told afterwards. Raises
    `NotAsked` when a page for something lacks.
    """
    once = new_once()
    if report.route != URGENT:
        return _through_the_form(service, report, Draft(), report.answers, once)
    sent = on_urgent_page(report.answers)
    receipt = submit(service, _report(report, sent), once=once)
    begun, left = after_urgent_page(report.answers, sent)
    _through_the_form(service, report, begun, left, once)
    return receipt


def _through_the_form(
    service: Service, report: DemoReport, begun: Draft, said: Answers, once: str
) -> Receipt:
    now = report.received_at + (_GOING_ON_TAKES if begun.sent else timedelta())
    visit = begin_draft(service, once=once, now=now, draft=begun)
    draft = begun
    while (step := next_step(draft)) is not None:
        page = partial(passing, step, said=said)
        draft = change_draft(service, visit, page, now=now).draft
    demand_taken(said, to_send(read_draft(service, visit, now=now).draft))
    language, channel = report.language, report.channel
    return send_draft(service, visit, language=language, now=now, channel=channel)[1]


def send_at_once(service: Service, report: DemoReport) -> Receipt:
    """Send one report whose pages are walked through beforehand; `NotAsked` as `send`."""
    if report.route != URGENT:
        draft = walked(report.answers)
        sent = _report(report, to_send(draft), draft)
    else:
        sent = _report(report, on_urgent_page(report.answers))
        demand_taken(report.answers, sent.answers)
    return submit(service, sent, once=new_once())


def _report(report: DemoReport, answers: Answers, draft: Draft | None = None) -> Report:
    way = draft or Draft()
    return Report(
        answers,
        language=report.language,
        route=report.route,
        channel=report.channel,
        received_at=report.received_at,
        passed=way.passed,
        skipped=way.skipped,
    )
