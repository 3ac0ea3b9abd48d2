"""Settings: read from the environment and a file, and explained where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_nothing_has_to_be_set() -> None:
    settings = load_settings({"XDG_STATE_HOME": "/state"})
    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:////state/citebot/citebot.sqlite3"
    assert settings.knowledge.name == "knowledge"
    assert settings.admins == frozenset()


def test_every_setting_can_be_given(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "CITEBOT_KNOWLEDGE": str(tmp_path),
            "CITEBOT_DATABASE_URL": "postgresql://bot:pw@db/citebot",
            "CITEBOT_ADMINS": "1001, 1002,",
            "CITEBOT_WEBHOOK_URL": "https://bot.example.org/hook/",
            "CITEBOT_WEBHOOK_SECRET": "a-long_word1",
            "CITEBOT_HOST": "0.0.0.0",  # noqa: S104 - read, not bound
            "CITEBOT_PORT": "9000",
            "CITEBOT_LOG_FORMAT": "json",
        }
    )
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.knowledge == tmp_path
    assert settings.admins == {1001, 1002}
    assert settings.webhook_url == "https://bot.example.org/hook"
    assert settings.port == 9000
    assert settings.log_format == "json"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"TELEGRAM_TOKEN": " ", "CITEBOT_ADMINS": ""}).token is None


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CITEBOT_PORT=1\nCITEBOT_HOST=host.example\n", encoding="utf-8")
    settings = load_settings({"CITEBOT_PORT": "2"}, file)
    assert (settings.port, settings.host) == (2, "host.example")


def test_the_file_in_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("CITEBOT_PORT=4321\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CITEBOT_PORT", raising=False)
    assert load_settings().port == 4321


def test_all_problems_are_told_at_once_each_naming_its_variable() -> None:
    found = problems({"CITEBOT_PORT": "x", "CITEBOT_LOG_FORMAT": "xml", "CITEBOT_WATCH": "perhaps"})
    assert found == (
        "CITEBOT_PORT ('x') is not a port; write a number from 0 to 65535.",
        "CITEBOT_LOG_FORMAT ('xml') is not a format; write console or json.",
        "CITEBOT_WATCH ('perhaps') is neither yes nor no; write true or false.",
    )


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("TELEGRAM_API_URL", "api.telegram.org", "begins with http:// or https://"),
        ("CITEBOT_KNOWLEDGE", "/no/such/folder", "the path of a folder"),
        ("CITEBOT_ADMINS", "1001,@alice", "'@alice', which is not a user id"),
        ("CITEBOT_PORT", "70000", "a number from 0 to 65535"),
    ],
)
def test_a_wrong_value_is_repeated_with_what_to_write_instead(name: str, value: str, advice: str) -> None:
    (problem,) = problems({name: value})
    assert problem.startswith(f"{name} ({value!r})")
    assert advice in problem


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
        ("CITEBOT_WEBHOOK_SECRET", "white space"),
        ("CITEBOT_DATABASE_URL", "mysql://bot:password@db/citebot"),
    ],
)
def test_a_secret_is_never_repeated(name: str, value: str) -> None:
    (problem,) = problems({name: value})
    assert problem.startswith(name)
    assert value not in problem


def test_a_webhook_must_be_encrypted_and_have_a_secret() -> None:
    assert "https://" in problems({"CITEBOT_WEBHOOK_URL": "http://bot.example.org"})[0]
    assert "CITEBOT_WEBHOOK_SECRET is not set" in problems({"CITEBOT_WEBHOOK_URL": "https://bot.example.org"})[0]


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("CITEBOT_ADMIN", "CITEBOT_ADMINS"), ("CITEBOT_TOKEN", "TELEGRAM_TOKEN"), ("CITEBOT_DB_URL", "DATABASE_URL")],
)
def test_a_mistyped_name_is_told_with_the_nearest_one(typo: str, meant: str) -> None:
    (problem,) = problems({typo: "1"})
    assert problem.startswith(f"{typo} is not a setting")
    assert meant in problem


def test_settings_do_not_show_the_token() -> None:
    settings: Settings = load_settings({"TELEGRAM_TOKEN": TOKEN})
    assert TOKEN not in repr(settings)
