"""The service over HTTP: requests come in, workers answer them; every answer is whole before its first byte is sent."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.serve.accept import language, media_type
from kg.serve.formats import GRAPH_OFFERS, GRAPHS
from kg.serve.jobs import Job, Look, Render, Reply, Survey, WorkerSettings
from kg.serve.kept import Kept
from kg.serve.middleware import POLICY, AccessLog, Hosts, Rate, Secure, client_of
from kg.serve.pinned import identify
from kg.serve.pool import BusyError, ClosingError, Pool
from kg.serve.process import EndedError, OverdueError
from kg.serve.request import RefusedError, read_query
from kg.serve.settings import Settings
from kg.serve.statics import Statics
from kg.serve.surveys import Surveys

__all__ = ["make_app"]

_log = logging.getLogger("kg.serve")
_CHUNK = 65536
_HOUR = 3600.0
_NICENESS = 5
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_MOST_OF_A_QUERY = 2000
_PAGE_OFFERS = {**GRAPH_OFFERS, "text/html": "html", "application/xhtml+xml": "html"}
_ALLOWED = {"Allow": "GET, HEAD, POST, OPTIONS"}


@dataclass
class Service:
    """The handlers of one server: queries, pages and counts each have workers of their own, so that none waits for another kind."""

    settings: Settings
    folder: Path
    statics: Statics
    queries: Pool
    pages: Pool
    surveys: Surveys
    kept: Kept

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or describe the service where none is asked."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOWED)
        asked = await read_query(request, self.settings.limits)
        if asked is None:
            return await self._describe(request)
        if self.settings.log_queries:
            _log.info("%s asks %r", client_of(request.scope), asked.query[:_MOST_OF_A_QUERY])
        with suppress(OSError):  # a build is just putting a store in its place
            if (kept := self.kept.get(identify(self.folder), asked)) is not None:
                return _response(kept, {"Vary": "Accept"})
        reply = await self._reply(request, self.queries, asked)
        self.kept.put(asked, reply)
        return _response(reply, {"Vary": "Accept"})

    async def _describe(self, request: Request) -> Response:
        form = media_type(_accept(request), _PAGE_OFFERS)
        if form == "html":
            return RedirectResponse("/", 303, {"Vary": "Accept"})
        job = Survey(what="service", form=_form(form), origin=_origin(request))
        return await self._answer(request, self.pages, job, {"Vary": "Accept"})

    async def void(self, request: Request) -> Response:
        """Describe the data."""
        form = _form(media_type(_accept(request), GRAPH_OFFERS))
        return await self._survey(Survey(what="void", form=form, origin=_origin(request)), {"Vary": "Accept"})

    async def completion(self, request: Request) -> Response:  # noqa: ARG002  (one shape for all handlers)
        """List the words for the editor."""
        return await self._survey(Survey(what="completion", form="", origin=""), {})

    async def _survey(self, survey: Survey, headers: dict[str, str]) -> Response:
        try:
            reply = await self.surveys.get(survey)
        except (BusyError, ClosingError, EndedError, OSError):
            raise RefusedError(503, "the store cannot be counted now: ask again later", {"Retry-After": "5"}) from None
        if reply is None:
            raise RefusedError(503, "the store is still being counted: ask again later", {"Retry-After": "5"})
        return _response(reply, headers)

    async def look(self, request: Request) -> Response:
        """Tell of the IRI for which a path stands."""
        if request.url.path == "/id/dataset":
            return RedirectResponse("/.well-known/void", 303)
        wanted = request.query_params.get("format")
        if wanted is not None and wanted != "html" and wanted not in GRAPHS:
            raise RefusedError(400, f"format={wanted[:100]!r}: choose one of html, {', '.join(GRAPHS)}")
        form = wanted or media_type(_accept(request), _PAGE_OFFERS)
        job = Look(
            path=request.scope["path"],
            form=_form(form),
            language=_language(request),
            keeps_language="lang" in request.query_params,
        )
        return await self._answer(request, self.pages, job, {"Vary": "Accept, Accept-Language"})

    async def query_page(self, request: Request) -> Response:
        """Give the page on which queries are written."""
        nonce = secrets.token_urlsafe(16)
        job = Render(language=_language(request), nonce=nonce, has_editor=self.statics.has_editor)
        policy = POLICY.format(nonce=f" 'nonce-{nonce}'; style-src-attr 'unsafe-inline'")
        headers = {"Vary": "Accept-Language", "Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return await self._answer(request, self.pages, job, headers)

    async def asset(self, request: Request) -> Response:
        """Give a style sheet or script; they are read once, at the start, and no other file can be named."""
        found = self.statics.files.get(request.path_params["name"])
        if found is None:
            raise RefusedError(404, "there is no such file")
        return Response(found[1], media_type=found[0], headers={"Cache-Control": "no-cache"})

    async def health(self, request: Request) -> Response:  # noqa: ARG002  (one shape for all handlers)
        """Tell whether there is a store, and workers start; how many run changes as some are stopped and replaced."""
        try:
            store = identify(self.folder)
        except OSError:
            store = ""
        ok = bool(store) and not self.queries.is_failing
        told = {"status": "ok" if ok else "failing", "store": store, "workers": self.queries.running}
        return JSONResponse(told, 200 if ok else 503, {"Cache-Control": "no-store"})

    async def _answer(self, request: Request, pool: Pool, job: Job, headers: dict[str, str]) -> Response:
        return _response(await self._reply(request, pool, job), headers)

    async def _reply(self, request: Request, pool: Pool, job: Job) -> Reply:
        seconds = self.settings.limits.seconds
        try:
            return await _unless_left(request, pool.do(job, client_of(request.scope)))
        except BusyError:
            raise RefusedError(
                503, "too many queries are running: ask again in a moment", {"Retry-After": "2"}
            ) from None
        except OverdueError:
            message = f"the query took longer than {seconds:g} seconds, the limit of this server, and was stopped"
            raise RefusedError(504, message) from None
        except ClosingError:
            raise RefusedError(503, "the server is stopping", {"Connection": "close"}) from None
        except EndedError:
            message = "the query needed more memory than a query may take on this server, and was stopped"
            raise RefusedError(503, message) from None


async def _unless_left(request: Request, work: Awaitable[Reply]) -> Reply:
    """Wait for a reply, but give the work up where the client leaves."""
    doing = asyncio.ensure_future(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise RefusedError(499, "the client left")
    finally:
        for task in (doing, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError, BusyError, ClosingError, OverdueError, EndedError):
                await task


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(reply: Reply, headers: dict[str, str]) -> Response:
    if reply.spool is None:
        return Response(reply.body, reply.status, headers, reply.media_type)
    path = Path(reply.spool)
    file = path.open("rb")
    size = path.stat().st_size
    path.unlink()

    async def chunks() -> AsyncIterator[bytes]:
        with file:
            while chunk := file.read(_CHUNK):  # written a moment ago, so it comes from memory
                yield chunk

    return StreamingResponse(chunks(), reply.status, {**headers, "Content-Length": str(size)}, reply.media_type)


def _accept(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


def _form(form: str | None) -> str:
    if form is None:
        offered = ", ".join(written.media_type.partition(";")[0] for written in GRAPHS.values())
        raise RefusedError(406, f"none of the accepted media types; there are {offered}")
    return form


def _language(request: Request) -> Literal["zh", "en"]:
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    return language(request.headers.get("accept-language"))


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


async def _refuse(request: Request, error: Exception) -> Response:  # noqa: ARG001  (the shape of a handler)
    assert isinstance(error, RefusedError)  # noqa: S101  (registered for it)
    return PlainTextResponse(f"{error.message}\n", error.status, error.headers)


def make_app(settings: Settings, folder: Path, scratch: Path) -> Starlette:
    """Make the application over the store in `folder`; `scratch` takes the answers that are too large for memory."""
    limits = settings.limits

    def workers(seconds: float | None, niceness: int, *, writes_pages: bool = False) -> WorkerSettings:
        return WorkerSettings(
            folder=str(folder),
            scratch=str(scratch),
            seconds=seconds,
            rows=limits.rows,
            answer_bytes=limits.answer_bytes,
            memory_bytes=limits.memory_bytes,
            niceness=niceness,
            writes_pages=writes_pages,
        )

    def pool(size: int, chosen: WorkerSettings, wait_seconds: float) -> Pool:
        return Pool(chosen, size, waiting=limits.waiting, wait_seconds=wait_seconds)

    queries = pool(limits.workers, workers(limits.seconds, _NICENESS), limits.wait_seconds)
    pages = pool(1, workers(limits.seconds, 0, writes_pages=True), limits.wait_seconds)
    counting = pool(1, workers(None, 2 * _NICENESS), _HOUR)
    service = Service(
        settings,
        folder,
        Statics.read(),
        queries,
        pages,
        Surveys(folder, counting, limits.seconds),
        Kept(limits.kept_bytes),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await asyncio.gather(*(each.start() for each in (queries, pages, counting)))
            yield
        finally:
            await asyncio.gather(*(each.stop() for each in (queries, pages, counting)))

    app = Starlette(
        routes=_routes(service),
        middleware=_middleware(settings),
        exception_handlers={RefusedError: _refuse},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.pools = (queries, pages, counting)
    return app


def _routes(service: Service) -> list[Route]:
    def get(path: str, handler: Callable[[Request], Awaitable[Response]]) -> Route:
        return Route(path, handler, methods=["GET"])

    return [
        get("/", service.query_page),
        Route("/sparql", service.sparql, methods=["GET", "POST", "OPTIONS"]),
        get("/.well-known/void", service.void),
        get("/health", service.health),
        get("/completion.json", service.completion),
        get("/assets/{name}", service.asset),
        get("/{path:path}", service.look),
    ]


def _middleware(settings: Settings) -> list[Middleware]:
    names = {name.lower() for name in settings.names}
    if f"[{settings.host}]" in _LOOPBACK or settings.host in _LOOPBACK:
        names |= _LOOPBACK
    chosen = [Middleware(AccessLog)] if settings.log_requests else []
    chosen += [Middleware(Secure), Middleware(Hosts, names=frozenset(names))]
    if settings.origins:
        chosen.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type"],
                max_age=600,
            )
        )
    return [*chosen, Middleware(Rate, per_minute=settings.limits.per_minute)]
