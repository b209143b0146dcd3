"""What `answerby demo` leaves beside its data, so that other commands find them."""

from pathlib import Path

from tracker.commands.demo import CONFIG_FILE, _leave_config, demo_config
from tracker.config import load


def test_the_configuration_beside_the_demos_data_is_the_demos_own(tmp_path: Path) -> None:
    config = demo_config(tmp_path, 8123)
    _leave_config(tmp_path, config)
    assert load(tmp_path / CONFIG_FILE, {}) == config


def test_it_is_read_by_nobody_else_and_written_anew_for_another_port(tmp_path: Path) -> None:
    _leave_config(tmp_path, demo_config(tmp_path, 8123))
    _leave_config(tmp_path, demo_config(tmp_path, 8124))
    file = tmp_path / CONFIG_FILE
    assert file.stat().st_mode & 0o077 == 0
    assert load(file, {}).site.base_url == "http://127.0.0.1:8124"


def test_somebodys_own_configuration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("[site]\n", encoding="utf-8")
    _leave_config(tmp_path, demo_config(tmp_path, 8123))
    assert (tmp_path / CONFIG_FILE).read_text("utf-8") == "[site]\n"
