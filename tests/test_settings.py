from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from intake.settings import Settings, SettingsError, Texts, load

APART = {
    "INTAKE_PUBLIC_HOSTS": "report.example",
    "INTAKE_DESK_HOSTS": "desk.example",
    "INTAKE_DESK_URL": "https://desk.example/desk/",
}


def told(tmp_path: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    (tmp_path / "intake.toml").write_text(text)
    return load(environ or {}, tmp_path)


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = load({}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/intake.db"
    assert settings.files_url == f"file://{tmp_path}/files"
    assert settings.public_hosts == settings.desk_hosts == ("127.0.0.1", "localhost")
    assert not settings.secure_cookies
    assert settings.workers >= 2


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = told(tmp_path, "port = 9000\nthreads = 8", {"INTAKE_PORT": "9001"})
    assert (settings.port, settings.threads) == (9001, 8)


def test_the_address_of_the_desk_follows_the_port(tmp_path: Path) -> None:
    assert load({"INTAKE_PORT": "9001"}, tmp_path).desk_url == "http://127.0.0.1:9001/desk/"


def test_cookies_are_secure_as_soon_as_a_host_is_not_this_machine(tmp_path: Path) -> None:
    assert load(APART, tmp_path).secure_cookies


def test_an_onion_service_may_go_without_tls(tmp_path: Path) -> None:
    settings = load(
        {
            "INTAKE_PUBLIC_HOSTS": "abc234.onion",
            "INTAKE_DESK_HOSTS": "def567.onion",
            "INTAKE_DESK_URL": "http://def567.onion/desk/",
            "INTAKE_SECURE_COOKIES": "false",
        },
        tmp_path,
    )
    assert not settings.secure_cookies


def test_texts_come_from_the_file_in_every_language(tmp_path: Path) -> None:
    settings = told(
        tmp_path,
        """
        [duty_hours]
        kk = "Тәулік бойы"
        ru = "Круглосуточно"
        en = "Day and night"
        [[emergency_numbers]]
        number = "100"
        checked = true
        label = { kk = "Үлгі", ru = "Образец", en = "Example" }
        """,
    )
    assert settings.duty_hours.said_in("ru") == "Круглосуточно"
    (number,) = settings.emergency_numbers
    assert (number.number, number.label.said_in("kk"), number.checked) == ("100", "Үлгі", True)


def test_a_text_that_nobody_set_says_nothing() -> None:
    assert not Texts()
    assert Texts().said_in("kk") == ""


def test_a_number_is_unchecked_until_somebody_says_otherwise(tmp_path: Path) -> None:
    settings = told(
        tmp_path,
        '[[emergency_numbers]]\nnumber = "1"\nlabel = { kk = "a", ru = "b", en = "c" }',
    )
    assert not settings.emergency_numbers[0].checked


def test_who_tried_a_number_and_when_is_told_by_role_and_day(tmp_path: Path) -> None:
    settings = told(
        tmp_path,
        """
        duty_hours_checked_on = "2026-11-02"
        duty_hours_checked_by = "head of the office"
        [[emergency_numbers]]
        number = "100"
        checked = true
        checked_on = 2026-11-01
        checked_by = "coordinator"
        label = { kk = "Үлгі", ru = "Образец", en = "Example" }
        """,
    )
    (number,) = settings.emergency_numbers
    assert (number.checked_on, number.checked_by) == (date(2026, 11, 1), "coordinator")
    assert settings.duty_hours_checked_on == date(2026, 11, 2)
    assert settings.duty_hours_checked_by == "head of the office"


def test_our_addresses_may_be_told(tmp_path: Path) -> None:
    hosts = {"INTAKE_PUBLIC_HOSTS": "report.example,abc234.onion"}
    addresses = {
        "INTAKE_PUBLIC_ADDRESSES": "https://report.example/",
        "INTAKE_ONION_ADDRESS": "http://abc234.onion/",
    }
    settings = load(APART | hosts | addresses, tmp_path)
    assert settings.public_addresses == ("https://report.example/",)
    assert settings.onion_address == "http://abc234.onion/"


def test_the_example_names_every_text_that_people_read_and_holds(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "docs" / "intake.example.toml"
    settings = told(tmp_path, example.read_text("utf-8"))
    untold = Settings(instance=tmp_path, database_url="", files_url="")
    for name in ("coalition", "duty_hours", "emergency_numbers", "public_addresses"):
        assert getattr(settings, name) != getattr(untold, name), name
    assert settings.printed_where
    assert settings.onion_address
    assert not any(number.checked for number in settings.emergency_numbers)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour = 'red'", "There is no setting called colour."),
        ("instance = '/'", "There is no setting called instance."),
        ("port = 'many'", "The setting port must be a whole number."),
        ("port = true", "The setting port must be a whole number."),
        ("demo = 'yes'", "The setting demo must be true or false."),
        ("demo = 1", "The setting demo must be true or false."),
        ("mail_from = ''", "The setting mail_from must be text on one line."),
        ('mail_from = "a\\r\\nBcc: b"', "The setting mail_from must be text on one line."),
        ("mail_security = 'some'", "The setting mail_security must be starttls, tls or none."),
        ("desk_hosts = []", "The setting desk_hosts must be a list of host names."),
        ("coalition = 'We'", "The setting coalition must be a table of kk, ru and en"),
        (
            "coalition = { ru = 'Мы', en = 'We' }",
            "The setting coalition must be a table of kk, ru and en in intake.toml.",
        ),
        (
            "coalition = { kk = 'Біз', ru = 'Мы', en = 'We', de = 'Wir' }",
            "The setting coalition must be a table of kk, ru and en in intake.toml.",
        ),
        (
            "[[emergency_numbers]]\nnumber = '1'",
            "The setting emergency_numbers must be tables of number, label and checked",
        ),
        ("emergency_numbers = 112", "The setting emergency_numbers must be tables"),
        (
            "emergency_numbers = [{number = '1', checked_on = 'May', label = {en = 'c'}}]",
            "The setting emergency_numbers must be tables",
        ),
        ("duty_hours_checked_on = 'May'", "must be a day such as 2026-11-30."),
        ("duty_hours_checked_on = 2026-11-02T08:00:00", "must be a day such as 2026-11-30."),
        ("public_addresses = []", "The setting public_addresses must be a list of addresses."),
        ("port = ", "intake.toml cannot be read as TOML."),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        told(tmp_path, text)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("url", ["file:///srv/files", "s3://bucket", "s3://bucket.example/a/b"])
def test_files_lie_in_a_folder_or_in_a_bucket(tmp_path: Path, url: str) -> None:
    assert load({"INTAKE_FILES_URL": url}, tmp_path).files_url == url


def test_an_unknown_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no setting called prot"):
        load({"INTAKE_PROT": "8000"}, tmp_path)


def test_the_folder_and_the_tests_have_variables_of_their_own(tmp_path: Path) -> None:
    environ = {"INTAKE_INSTANCE": str(tmp_path), "INTAKE_CI": "1", "HOME": "/nowhere"}
    assert load(environ, tmp_path) == load({}, tmp_path)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"INTAKE_PORT": "0"}, "port lies between 1 and 65535."),
        ({"INTAKE_WORKERS": "1"}, "workers lies between 2 and 64."),
        ({"INTAKE_DATABASE_URL": "sqlite://"}, "database_url begins with"),
        ({"INTAKE_DATABASE_URL": "sqlite:///near.db"}, "database_url begins with"),
        ({"INTAKE_DATABASE_URL": "mysql://host/x"}, "database_url begins with"),
        ({"INTAKE_FILES_URL": "https://bucket.example"}, "files_url is"),
        ({"INTAKE_FILES_URL": "file:///"}, "files_url is"),
        ({"INTAKE_FILES_URL": "file://files"}, "files_url is"),
        ({"INTAKE_FILES_URL": "s3://"}, "files_url is"),
        ({"INTAKE_FILES_URL": "s3://key:secret@bucket"}, "files_url is"),
        ({"INTAKE_FILES_URL": "s3://bucket?secret=1"}, "files_url is"),
        ({"INTAKE_PUBLIC_HOSTS": "*"}, "plain host names"),
        ({"INTAKE_PUBLIC_HOSTS": ".example"}, "plain host names"),
        ({"INTAKE_PUBLIC_HOSTS": "report.example:8000"}, "plain host names"),
        ({"INTAKE_PUBLIC_HOSTS": "desk.example"}, "share no name"),
        ({"INTAKE_SECURE_COOKIES": "false"}, "secure_cookies may be off only"),
        ({"INTAKE_DESK_URL": "http://desk.example/desk/"}, "desk_url begins with https://"),
        ({"INTAKE_DESK_URL": "https://report.example/"}, "desk_url names one of desk_hosts."),
        ({"INTAKE_EXIT_URL": "http://weather.example"}, "exit_url begins with https://"),
        ({"INTAKE_EXIT_URL": "https://"}, "exit_url begins with https://"),
        ({"INTAKE_EXIT_URL": "https://report.example/"}, "none of our own hosts"),
        ({"INTAKE_DEMO": "true"}, "A demo listens on this machine only"),
        ({"INTAKE_MAIL_HOST": "mail.example"}, "mail_host needs mail_from"),
        ({"INTAKE_MAIL_USER": "desk"}, "mail_user and mail_password"),
        (
            {
                "INTAKE_MAIL_HOST": "mail.example",
                "INTAKE_MAIL_FROM": "desk@desk.example",
                "INTAKE_MAIL_SECURITY": "none",
            },
            "mail_security may be none only",
        ),
        ({"INTAKE_TIME_ZONE": "Almaty"}, "time_zone is a name"),
        ({"INTAKE_PUBLIC_ADDRESSES": "http://report.example"}, "public_addresses begin with"),
        ({"INTAKE_PUBLIC_ADDRESSES": "https://other.example"}, "name public_hosts"),
        ({"INTAKE_PUBLIC_ADDRESSES": "https://report.example/ru/"}, "with no page behind."),
        ({"INTAKE_ONION_ADDRESS": "https://report.example"}, "ends in .onion."),
        ({"INTAKE_ONION_ADDRESS": "http://abc234.onion"}, "names one of public_hosts"),
        (
            {"INTAKE_IDLE_MINUTES": "120", "INTAKE_ABSOLUTE_HOURS": "2"},
            "idle_minutes is shorter than absolute_hours.",
        ),
        ({"INTAKE_BODY_BYTES": "100"}, "body_bytes lies between"),
    ],
)
def test_weak_and_contradictory_settings_are_refused(
    tmp_path: Path, changed: Mapping[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(APART | dict(changed), tmp_path)
    assert sentence in str(refusal.value)


def test_a_demo_stays_on_this_machine(tmp_path: Path) -> None:
    assert load({"INTAKE_DEMO": "true"}, tmp_path).demo
    with pytest.raises(SettingsError, match="A demo listens"):
        load({"INTAKE_DEMO": "true", "INTAKE_HOST": "0.0.0.0"}, tmp_path)  # noqa: S104


def test_no_password_is_shown(tmp_path: Path) -> None:
    settings = load(
        {
            "INTAKE_MAIL_USER": "desk",
            "INTAKE_MAIL_PASSWORD": "open-sesame",
            "INTAKE_DATABASE_URL": "postgresql://intake:open-sesame@db.example/intake",
        },
        tmp_path,
    )
    assert settings.mail_password == "open-sesame"
    assert "open-sesame" not in repr(settings)


@pytest.mark.parametrize(
    "text", ["mail_password = ['open-sesame']", "mail_password = open-sesame"]
)
def test_a_refusal_quotes_no_value(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        told(tmp_path, text)
    assert "sesame" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_the_zone_is_the_coalition_s(tmp_path: Path) -> None:
    assert load({}, tmp_path).zone.key == "Asia/Almaty"
