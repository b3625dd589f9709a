"""The public face of Lamplight: widget, chat API, plain form, health and metrics."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import secrets
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.templating import Jinja2Templates

from bot.gateway.body import read_body, readable
from bot.gateway.chat import Chat, Refused
from bot.gateway.engine import Engine, Workers
from bot.gateway.erasures import Erasures
from bot.gateway.feedback import Feedback, read_vote
from bot.gateway.headers import HEADERS, SecurityHeaders
from bot.gateway.knowledge_watch import KnowledgeWatch
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.new_model import NewModel
from bot.gateway.sessions import Sessions
from bot.gateway.sms.front import LATE_SECONDS, SmsFront
from bot.gateway.static_replies import StaticReplies
from bot.gateway.supervisor import Supervisor
from bot.gateway.widget_files import WidgetFiles, site_module
from bot.messages import is_payload
from bot.settings import PREFIX, Settings
from bot.state.open import State, open_state
from bot.state.store import StateUnavailable

_HERE = Path(__file__).parent
_TEMPLATES = Jinja2Templates(directory=_HERE / "pages")
WIDGET = _HERE.parent / "widget"


class Gateway:
    """The handlers, around finished parts."""

    def __init__(
        self, settings: Settings, engine: Engine, sms_engine: Engine, supervisor: Supervisor | None, static: StaticReplies, state: State
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.supervisor = supervisor
        self.new_model = NewModel(supervisor, engine.workers, static) if supervisor else None
        self.static = static
        self.metrics = Metrics()
        self.feedback = Feedback(self.metrics.registry, state.votes)
        self.state = state
        self.erasures = Erasures(engine.erase)
        self.sessions = Sessions(state.store("chat", 60.0 * settings.conversation_minutes))
        limits = RateLimits(state.limiter, state.hashed, "chat")
        self.chat = Chat(engine, self.erasures, self.sessions, static, limits, self.metrics, state.hotline_only)
        self.sms = SmsFront.from_settings(settings, sms_engine, self.erasures, static, self.metrics, state)
        self.knowledge = KnowledgeWatch()
        self._vote_limits = RateLimits(state.limiter, state.hashed, "votes")

    async def message(self, request: Request) -> Response:
        """POST /chat/messages."""
        raw = b""
        try:
            raw = await read_body(request)
            text, payload, token = _message(raw)
        except Refused as refused:
            return JSONResponse(self.chat.answer_refused(readable(refused.seen or raw), refused).as_dict())
        answer = await self.chat.answer(text, token, payload, _address(request))
        if answer.conversation != token and await request.is_disconnected():
            await self.chat.erase(answer.conversation)  # the visitor left before knowing the token: nobody else could
        return JSONResponse(answer.as_dict())

    async def vote(self, request: Request) -> Response:
        """POST /chat/feedback."""
        body = _json_object(await read_body(request))
        vote, token = await read_vote(body), body.get("conversation")
        if vote is None or not isinstance(token, str | None):
            raise Refused(400, "not_a_vote", 'The body needs "passage", the id of an answer of ours, and "helpful", true or false.')
        if not await self._vote_limits.allows(token, _address(request)):
            raise Refused(429, "too_many_votes", "Too many votes at once. Wait a minute.")
        await self.feedback.count(*vote)
        return Response(status_code=204)

    async def site(self, request: Request) -> Response:
        """GET /widget/site.mjs: the lines and the exit address, for the widget."""
        site = site_module(self.static.known_lines, self.settings.exit_url)
        return Response(site, media_type="text/javascript", headers={"access-control-allow-origin": "*"})

    async def erase(self, request: Request) -> Response:
        """DELETE /chat/conversations/{token} and POST …/erase."""
        await self.chat.erase(request.path_params["token"])
        return Response(status_code=204)

    async def page(self, request: Request) -> Response:
        """GET /: the demo page, which works without JavaScript."""
        return self._page(request, [], None, None, template="home.html")

    async def frame(self, request: Request) -> Response:
        """GET /frame: the chat alone, for another site's iframe."""
        return self._page(request, [], None, None, template="frame.html")

    async def form(self, request: Request) -> Response:
        """POST /chat: the plain form without JavaScript."""
        raw = b""
        try:
            raw = await read_body(request)
            fields = _form_fields(request, raw)
        except Refused as refused:
            answer = self.chat.answer_refused(readable(refused.seen or raw), refused)
            return self._page(request, answer.replies, answer.conversation, None)
        foreign = request.headers.get("sec-fetch-site") == "cross-site"  # another site may not choose whose conversation this is
        token, payload = (None if foreign else fields.get("conversation") or None), fields.get("payload")
        if "exit" in fields:
            with contextlib.suppress(StateUnavailable):  # it is tried again; nothing keeps the person here
                await self.chat.erase(token or "")
            return Response(status_code=303, headers={"location": self.settings.exit_url})
        text = fields.get("title") or fields.get("text", "")
        try:
            answer = await self.chat.answer(text, token, payload if is_payload(payload) else None, _address(request))
        except Refused as refused:
            self.metrics.refused(refused.code)
            return self._page(request, [], token, refused.message, refused.status)
        return self._page(request, answer.replies, answer.conversation, None)

    def _page(
        self,
        request: Request,
        replies: list[dict[str, Any]],
        token: object,
        error: str | None,
        status: int = 200,
        template: str = "chat.html",
    ) -> Response:
        context = {
            "replies": replies,
            "conversation": token or "",
            "error": error,
            "hotlines": self.static.hotlines(),
            "exit_url": self.settings.exit_url,
            "notice": self.static.text("utter_first_contact"),
        }
        return _TEMPLATES.TemplateResponse(request, template, context, status_code=status)

    async def healthz(self, request: Request) -> Response:
        """GET /healthz: the gateway is alive."""
        return JSONResponse({"alive": True})

    async def readyz(self, request: Request) -> Response:
        """GET /readyz: Rasa has its model, and what is remembered can be reached.

        Broken knowledge files are named, and do not make it unready: the last good model serves.
        """
        ready = await self.engine.ready() and await self.state.alive()
        faults = await self.knowledge.faults()
        body = {"ready": ready} | ({"knowledge_faults": faults} if faults else {})
        return JSONResponse(body, status_code=200 if ready else 503)

    async def prometheus(self, request: Request) -> Response:
        """GET /metrics, for loopback or the set networks only."""
        if not _within(_address(request), self.settings.metrics_networks):
            raise Refused(403, "metrics_private", "The metrics are for the operator's network only.")
        with contextlib.suppress(StateUnavailable):
            self.metrics.conversations.set(await self.sessions.count())
        self.metrics.restarts.set(self.supervisor.restarts if self.supervisor else 0)
        self.metrics.ready.set(await self.engine.ready())
        self.metrics.remembering.set(await self.state.alive())
        self.metrics.hotline_only.set(await self.state.hotline_only.is_on())
        return Response(self.metrics.render(), media_type="text/plain; version=0.0.4")

    async def refuse(self, request: Request, error: Exception) -> Response:
        """Every refused request carries the lines."""
        assert isinstance(error, Refused)
        self.metrics.refused(error.code)
        return self._error(error.status, error.code, error.message)

    async def forgetful(self, request: Request, error: Exception) -> Response:
        """What is remembered cannot be reached, and the request is about nothing else."""
        self.metrics.refused("state_unavailable")
        return self._error(503, "state_unavailable", "This cannot be done right now. Try again in a minute, or use one of these lines.")

    async def http_error(self, request: Request, error: Exception) -> Response:
        """The framework's own 404 and 405, in our form."""
        assert isinstance(error, HTTPException)
        return self._error(error.status_code, f"http_{error.status_code}", f"{error.detail}.", error.headers)

    async def failure(self, request: Request, error: Exception) -> Response:
        """Anything unforeseen: the lines, and no trace."""
        return self._error(503, "failed", "Something went wrong here. Please use one of these lines.", HEADERS)

    def _error(self, status: int, code: str, message: str, headers: Any = None) -> Response:
        return JSONResponse({"error": {"code": code, "message": message}, "hotlines": self.static.hotlines()}, status, headers)

    @contextlib.asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Runs Rasa beside the gateway, unless Rasa runs elsewhere."""
        beside = [asyncio.create_task(self.erasures.run())]
        if self.supervisor and self.new_model:
            self.supervisor.start()
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.new_model.ask)
            beside.append(asyncio.create_task(self.new_model.run()))
        await self.knowledge.faults()
        async with self.sms.running():
            yield
        for task in beside:
            task.cancel()
        await asyncio.wait(beside)
        if self.supervisor:
            await self.supervisor.stop()
        await self.engine.close()
        await self.state.close()


def create_app(settings: Settings, engine: Engine | None = None, supervise: bool = True, state: State | None = None) -> Starlette:
    """Builds the gateway from settings; tests may give it another engine, or a state with a clock of their own."""
    secret = settings.rasa_secret.get_secret_value() or secrets.token_hex(32)
    workers = Workers(settings.rasa_urls or [f"http://127.0.0.1:{settings.rasa_port}"], secret)
    own_rasa = supervise and not settings.rasa_urls and engine is None
    supervisor = Supervisor(settings.rasa_port, **{f"{PREFIX}RASA_SECRET": secret}) if own_rasa else None
    engines = (engine or Engine(workers), engine or Engine(workers, LATE_SECONDS))
    gateway = Gateway(settings, *engines, supervisor, StaticReplies.load(), state or open_state(settings))
    routes = [
        Route("/", gateway.page, methods=["GET"]),
        Route("/frame", gateway.frame, methods=["GET"]),
        Route("/chat", gateway.form, methods=["POST"]),
        Route("/chat/messages", gateway.message, methods=["POST"]),
        Route("/chat/conversations/{token}", gateway.erase, methods=["DELETE"]),
        Route("/chat/conversations/{token}/erase", gateway.erase, methods=["POST"]),
        Route("/chat/feedback", gateway.vote, methods=["POST"]),
        *gateway.sms.routes(),
        Route("/widget/site.mjs", gateway.site, methods=["GET"]),
        Route("/healthz", gateway.healthz),
        Route("/readyz", gateway.readyz),
        Route("/metrics", gateway.prometheus),
        Mount("/widget", WidgetFiles(directory=WIDGET)),
    ]
    middleware = [Middleware(SecurityHeaders, exit_url=settings.exit_url, allowed_origins=settings.allowed_origins)]
    if settings.allowed_origins:
        middleware.append(
            Middleware(
                CORSMiddleware, allow_origins=settings.allowed_origins, allow_methods=["POST", "DELETE"], allow_headers=["content-type"]
            )
        )
    handlers = {Refused: gateway.refuse, StateUnavailable: gateway.forgetful, HTTPException: gateway.http_error, Exception: gateway.failure}
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers, lifespan=gateway.lifespan)
    app.router.redirect_slashes = False  # its redirects name the host that the request claims
    app.state.gateway = gateway
    return app


def _message(raw: bytes) -> tuple[str, str | None, str | None]:
    """Returns the text, the payload and the conversation of a chat message."""
    body = _json_object(raw)
    text, payload, token = body.get("text"), body.get("payload"), body.get("conversation")
    if not isinstance(text, str):
        raise Refused(400, "text_missing", 'The body needs "text", a string.')
    if payload is not None and not is_payload(payload):
        raise Refused(400, "payload_unknown", 'The "payload" is not one that a button carries.')
    if token is not None and not isinstance(token, str):
        raise Refused(400, "conversation_wrong_type", 'The "conversation" must be a string or null.')
    return text, payload, token


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _json_object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        raise Refused(400, "invalid_json", "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, "invalid_json", "The body must be a JSON object.")
    return body


def _form_fields(request: Request, raw: bytes) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Refused(415, "not_a_form", "Send the form as application/x-www-form-urlencoded.")
    try:
        return dict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise Refused(400, "invalid_form", "The form cannot be read.") from None


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _within(address: str, networks: tuple[str, ...]) -> bool:
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in networks)
    except ValueError:
        return False
