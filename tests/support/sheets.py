"""Spreadsheets as whoever opens them reads them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx2
from python_calamine import CalamineWorkbook

from tests.support.serving import Client

Rows = list[list[Any]]


def download(client: Client, name: str, **parameters: str) -> dict[str, Rows]:
    """Return the sheets of a report, by their names."""
    return sheets_of(client.http.get(f"/export/reports/{name}.xlsx", params=parameters))


def sheets_of(response: httpx2.Response) -> dict[str, Rows]:
    """Return the sheets of a workbook, by their names."""
    assert response.status_code == 200, response.text
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}


def table(rows: Rows) -> list[dict[str, Any]]:
    """Return what stands below the heads of a sheet, by head."""
    _, _, heads, *body = rows
    return [dict(zip(heads, row, strict=True)) for row in body]
