from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from briefing.errors import OutputError, SettingsError
from briefing.settings import Settings, default_file, init, load_settings


def test_flags_aside_environment_wins_over_file_and_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[brief]\ntitle = "From file"\nmax_stories = 3\n')
    settings = load_settings(None, {"BRIEFING_BRIEF_TITLE": "From environment"}, tmp_path)
    assert settings.brief.title == "From environment"
    assert settings.brief.max_stories == 3
    assert settings.summary.model == "salience"


def test_settings_file_is_found_upwards(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[brief]\ntitle = "Above"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load_settings(None, {}, below).brief.title == "Above"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text('[paths]\narchive = "a.sqlite3"\n')
    assert load_settings(file, {}, Path("/")).paths.archive == tmp_path / "a.sqlite3"


def test_a_brief_is_filed_where_an_archive_is_named_or_it_is_asked_for(tmp_path: Path) -> None:
    own = {"BRIEFING_PATHS_ARCHIVE": str(tmp_path / "a.sqlite3")}
    assert not load_settings(None, {}, tmp_path).files
    assert load_settings(None, own, tmp_path).files
    assert load_settings(None, {"BRIEFING_BRIEF_FILE": "true"}, tmp_path).files
    assert not load_settings(None, own | {"BRIEFING_BRIEF_FILE": "false"}, tmp_path).files


def test_every_mistake_is_listed_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text('[brief]\ntitel = "x"\nmax_stories = 0\n[post]\nhost = "x"\n')
    with pytest.raises(SettingsError) as error:
        load_settings(file, {"BRIEFING_MAIL_PORT": "70000", "BRIEFING_MAIL_PASSWRD": "secret"}, tmp_path)
    message = str(error.value)
    for key in ("brief.titel", "brief.max_stories", "post:", "mail.port", "mail.passwrd"):
        assert key in message
    assert str(file) in message
    assert "BRIEFING_MAIL_PORT" in message
    assert "secret" not in message


def test_a_file_that_is_no_toml_names_itself(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text("[brief\n")
    with pytest.raises(SettingsError, match=re.escape(str(file))):
        load_settings(file, {}, tmp_path)


def test_lists_in_the_environment_are_separated_by_commas(tmp_path: Path) -> None:
    settings = load_settings(None, {"BRIEFING_MAIL_TO": "a@x.org,b@x.org"}, tmp_path)
    assert settings.mail.to == ("a@x.org", "b@x.org")


def test_the_password_is_not_in_the_representation() -> None:
    settings = load_settings(None, {"BRIEFING_MAIL_PASSWORD": "hunter2"}, Path("/"))
    assert settings.mail.password == "hunter2"
    assert "hunter2" not in repr(settings)


def test_the_commented_file_has_every_key_and_no_other() -> None:
    uncommented = re.sub(r"^# (\w+ = )", r"\1", default_file(), flags=re.MULTILINE)
    written = tomllib.loads(uncommented)
    defaults = Settings()
    expected = {
        section.name: {key.name for key in dataclasses.fields(getattr(defaults, section.name))}
        for section in dataclasses.fields(Settings)
    }
    assert {section: set(keys) for section, keys in written.items()} == expected


def test_the_commented_file_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path / "briefing.toml")
    assert load_settings(None, {}, tmp_path) == Settings()


def test_the_values_shown_are_the_defaults() -> None:
    uncommented = re.sub(r"^# (\w+ = )", r"\1", default_file(), flags=re.MULTILINE)
    defaults = Settings()
    for section, keys in tomllib.loads(uncommented).items():
        for key, shown in keys.items():
            default = getattr(getattr(defaults, section), key)
            if default is not None and section != "paths" and key != "port":
                assert shown == (list(default) if isinstance(default, tuple) else default), key


def test_init_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text("mine")
    with pytest.raises(OutputError, match="exists already"):
        init(file)
    assert file.read_text() == "mine"
