"""Every route of an application, whatever it is mounted under or included by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

OPEN_TO_ALL = {
    "/sign-in",
    "/sign-in/code",
    "/sign-in/with/{provider}",
    "/sign-in/with/{provider}/back",
    "/sign-out",
    "/lock",
    "/lock/now",
    "/lock/state",
    "/still-here",
    "/static/{name}",
}
"""What nobody has to be signed in for: the ways in, the way out, and files without a word about a child."""


def every_route(app: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    """(method, path inside its application, route), mounted applications too."""
    for route in _flat(app.routes):
        for method in sorted(route.methods - {"HEAD"}):
            yield method, route.path, route


def _flat(routes: list[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif isinstance(route, Mount):
            yield from _flat(list(route.routes))
        elif inner := getattr(getattr(route, "original_router", None), "routes", None):
            yield from _flat(inner)


def permission_of(route: APIRoute) -> str:
    """The permission that a route states; empty where it states none, or more than one."""
    stated = {
        permission
        for dependency in route.dependant.dependencies
        if (permission := getattr(dependency.call, "permission", None)) is not None
    }
    return str(stated.pop()) if len(stated) == 1 else ""
