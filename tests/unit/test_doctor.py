"""What ``kexie doctor`` says about the folder of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphql_api.doctor import examine
from graphql_api.settings import Settings


@pytest.fixture(params=[(0o700, False), (0o711, False), (0o755, True), (0o770, True)])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, bool]:
    """Give a folder of data, and whether others may read in it."""
    mode, is_open = request.param
    server = tmp_path / "postgres"
    server.mkdir()
    server.chmod(mode)
    # The folder around it is as the system makes folders, and holds nothing else.
    tmp_path.chmod(0o755)
    return tmp_path, is_open


async def test_the_folder_of_the_server_is_what_must_be_closed(folder: tuple[Path, bool]) -> None:
    data_dir, is_open = folder
    findings = await examine(Settings(data_dir=data_dir))
    [finding] = [finding for finding in findings if "closed to others" in finding.what]
    assert finding.wrong is is_open
    assert str(data_dir / "postgres") in finding.what
