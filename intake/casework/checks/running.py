"""Checks of what runs: schema, worker, backups, and whether anybody is told."""

from datetime import UTC, datetime, timedelta
from typing import Final

from intake import mail
from intake.casework import backup, demo_mark, duty
from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.service import Service
from intake.store import files as stored_files
from intake.store import migrations
from intake.store.blob_errors import BlobError

ALIVE: Final = "worker.alive"
_QUIET_FOR: Final = timedelta(minutes=5)
_OLD, _TOO_OLD = timedelta(days=2), timedelta(days=7)


def schema(service: Service, _now: datetime) -> Finding:
    """Whether the tables are those of this version."""
    if migrations.is_current(service.engine):
        return ok("The database has the tables of this version.")
    return fail("The database is not up to date. Run: intake init")


def worker(service: Service, now: datetime) -> Finding:
    """Whether the worker has been at work in the last minutes."""
    path = service.settings.instance / ALIVE
    if not path.exists():
        return fail("No worker has run: nobody is told of anything. Run: intake worker")
    silence = now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if silence > _QUIET_FOR:
        minutes = int(silence.total_seconds() // 60)
        return fail(f"The worker has been silent for {minutes} minutes. Run: intake worker")
    return ok("The worker is at work.")


def files(service: Service, _now: datetime) -> Finding:
    """Whether every file that a case holds is there, with all its pieces."""
    with service.reading() as session:
        known = stored_files.of_cases(session)
    try:
        there = {file: service.blobs.count(file) for file in known}
    except BlobError:
        return fail("The place of files cannot be reached. See INTAKE_FILES_URL.")
    lost = [file for file, pieces in known.items() if there[file] != pieces]
    if lost:
        return fail(
            f"{len(lost)} of {len(known)} files are not whole. Bring them back from the copy "
            "of the folder of files."
        )
    return ok(f"{len(known)} files of cases are there." if known else "No case holds a file.")


def backups(service: Service, now: datetime) -> Finding:
    """Whether there is a backup, and a fresh one."""
    made_at = backup.last_made(service)
    if made_at is None:
        return warn("No backup was made yet. Run: intake backup FILE")
    words = f"The newest backup is {(now - made_at).days} days old"
    if now - made_at > _TOO_OLD:
        return fail(f"{words}. Run: intake backup FILE")
    if now - made_at > _OLD:
        return warn(f"{words}. Make one each night.")
    return ok(f"{words}.")


def rota(service: Service, _now: datetime) -> Finding:
    """Whether anybody would be told."""
    with service.reading() as session:
        entries = duty.kept(session, service).entries
    if not entries:
        return warn("Nobody is on the duty rota, so nobody is told. Keep it in the desk.")
    return ok(f"On the duty rota: {len(entries)}.")


def mail_is_set(service: Service, _now: datetime) -> Finding:
    """Whether notices have a way out."""
    if service.settings.mail_host is None:
        return warn("There is no mail server, so nobody is told. Set mail_host and mail_from.")
    return ok("A mail server is set; intake doctor --mail tries it.")


def mail_answers(service: Service, _now: datetime) -> Finding:
    """Whether the mail server lets us in now."""
    if mail.is_reachable(service.settings):
        return ok("The mail server answers.")
    return fail(
        "The mail server does not answer, or does not let us in. Check mail_* settings."
    )


def demo(service: Service, _now: datetime) -> Finding:
    """Whether demo and real installation are kept apart."""
    if demo_mark.is_demo(service) != service.settings.demo:
        return fail("A demo's database and a real installation were mixed up. Keep them apart.")
    if service.settings.demo:
        return warn("This is the demo: nothing real belongs here.")
    return ok("This is no demo.")
