"""A plain word for whoever watches the service."""

from flask import Blueprint, Response

from intake.web.context import service

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """`ok` after one read of the database; an error page otherwise."""
    service().look()
    return Response("ok", content_type="text/plain; charset=utf-8")
