"""Our gunicorn around an application of four lines; `python small_server.py PORT FOLDER`."""

import ctypes
import os
import resource
import sys
import time
from pathlib import Path

from flask import Flask, request

from intake import logs
from intake.cli import gunicorn
from intake.cli.process import protect
from intake.settings import load

PR_GET_DUMPABLE = 3


def make_app() -> Flask:
    app = Flask("small")

    @app.get("/slow")
    def slow() -> str:
        Path(sys.argv[2], "begun").touch()
        time.sleep(1.5)
        return "finished"

    @app.get("/fails")
    def fails() -> str:
        raise ValueError(request.args["secret"])

    @app.get("/state")
    def state() -> dict[str, object]:
        umask = os.umask(0o077)
        return {
            "core": resource.getrlimit(resource.RLIMIT_CORE),
            "dumpable": ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0),
            "umask": umask,
            "root": request.root_path,
            "pid": os.getpid(),
        }

    return app


if __name__ == "__main__":
    logs.configure()
    protect()
    folder = Path(sys.argv[2])
    gunicorn.serve(load({"INTAKE_PORT": sys.argv[1]}, folder), make_app)
