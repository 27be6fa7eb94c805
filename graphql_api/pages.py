"""The web page and GraphiQL, from the build of ``web/`` (网页)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_PLACES = (Path(__file__).parent / "web", Path(__file__).parent.parent / "web" / "dist")
"""In an installed distribution, and in a checkout."""

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:;"
    " {more} base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)

PAGE_POLICY = _POLICY.format(more="style-src 'self';")
"""The clerk's page: nothing but its own files, no script and no style inside of the document."""

CONSOLE_POLICY = _POLICY.format(more="style-src 'self' 'unsafe-inline'; worker-src 'self' blob:;")
"""The console: its editor writes style elements, and makes workers itself. Scripts are files of the build."""


def page_routes() -> list[BaseRoute]:
    """Return the routes of the pages; without a build they say how to make one."""
    folder = _folder()
    if folder is None:
        return [Route("/", _missing), Route("/graphiql", _missing)]
    return [
        Route("/", _page(folder / "index.html", PAGE_POLICY)),
        Route("/graphiql", _page(folder / "graphiql.html", CONSOLE_POLICY)),
        Mount("/assets", _Assets(directory=folder / "assets")),
    ]


def is_built() -> bool:
    """Say whether the pages are there."""
    return _folder() is not None


def _folder() -> Path | None:
    return next((place for place in _PLACES if (place / "index.html").is_file()), None)


def _page(file: Path, policy: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(_: Request) -> Response:
        return FileResponse(file, headers={"content-security-policy": policy, "cache-control": "no-cache"})

    return serve


async def _missing(_: Request) -> Response:
    return PlainTextResponse(
        "The page is not built: run `make web`. 网页尚未构建：请运行 make web。\n", status_code=404
    )


class _Assets(StaticFiles):
    """Files whose names hold a hash of their content: they never change."""

    async def get_response(self, path: str, scope: object) -> Response:
        """Return a file, to be kept for ever."""
        response = await super().get_response(path, scope)  # type: ignore[arg-type]  # a scope as Starlette made it
        if response.status_code == HTTPStatus.OK:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
