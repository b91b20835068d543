"""A demonstration's folder: never another's, never half laid out, never used twice at once."""

from __future__ import annotations

import socket

import pytest

from frankpledge.cli.demo_folder import Folder, FolderRefusedError
from frankpledge.cli.demo_processes import is_taken


def test_a_folder_begun_and_not_finished_is_known_for_it(tmp_path):
    folder = Folder(tmp_path / "site")
    with folder.taken():
        folder.begin()
        password = folder.password
        assert (folder.begun, folder.ready) == (True, False)
        folder.finish()
    again = Folder(tmp_path / "site")
    assert (again.ready, again.password) == (True, password)
    assert (tmp_path / "site" / "demonstration.json").stat().st_mode & 0o077 == 0


def test_what_was_laid_out_is_emptied_with_its_mark(tmp_path):
    folder = Folder(tmp_path)
    with folder.taken():
        folder.begin()
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "report.pdf").touch()
        folder.empty()
        assert {path.name for path in tmp_path.iterdir()} == {".in-use"}


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(FolderRefusedError, match="something else"), Folder(tmp_path).taken():
        pass
    with pytest.raises(FolderRefusedError, match="left alone"):
        Folder(tmp_path).empty()
    assert (tmp_path / "thesis.odt").exists()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    folder = Folder(tmp_path / "site")
    with folder.taken():
        folder.begin()
        (folder.path / "link").symlink_to(elsewhere)
        folder.empty()
    assert (elsewhere / "kept").exists()


def test_two_demonstrations_do_not_share_a_folder(tmp_path):
    with (
        Folder(tmp_path).taken(),
        pytest.raises(FolderRefusedError, match="Another demonstration"),
        Folder(tmp_path).taken(),
    ):
        pass


def test_a_port_that_something_listens_on_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert is_taken(port)
    assert not is_taken(port)
