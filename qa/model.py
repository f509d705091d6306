"""The seam to LlamaIndex: a language model that writes, within its time."""

import logging
import queue
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from index.errors import ModelError, UsageError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

log = logging.getLogger(__name__)

_FAILURES = 2  # in a row, after which a model is left alone ...
_REST = 30.0  # ... for so many seconds
_CHARACTERS = 20_000  # of one reply; what is longer will not end
_PASSING = (408, 409, 425, 429, 500, 502, 503, 504)  # HTTP errors that another try may not meet
_ADVICE = {
    401: "Check FOOTNOTE_LLM_API_KEY.",
    403: "Check FOOTNOTE_LLM_API_KEY.",
    404: "Check FOOTNOTE_LLM_MODEL, and that FOOTNOTE_LLM_URL is what the server's own manual says (mostly .../v1).",
}
_PAUSE = 0.2  # seconds before the second try
_BEAT = 0.25  # seconds of silence after which whoever waits may give up
_REPLY: ContextVar[Any] = ContextVar("reply", default=None)  # the HTTP response that a thread reads


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A server that speaks OpenAI's protocol, and which of its models writes; without a url there is none.

    `timeout`: seconds for a whole answer; `search_timeout`: seconds for each search question that it is asked for;
    `context`: tokens that question, quotes and reply may take together; `max_tokens`: of these the reply.
    `prompt_price` and `reply_price`: what a million tokens cost, in any currency, to tell what an answer did.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    url: str = ""
    model: str = ""
    api_key: str = field(default="", repr=False)
    timeout: float = 20.0
    search_timeout: float = 2.0
    context: int = 4096
    max_tokens: int = 512
    prompt_price: float = 0.0
    reply_price: float = 0.0

    def priced(self, usage: Mapping[str, int]) -> dict[str, float]:
        """The tokens of a usage, with their `cost` where a price is configured."""
        cost = self.prompt_price * usage.get("prompt_tokens", 0) + self.reply_price * usage.get("reply_tokens", 0)
        return {**usage, "cost": round(cost / 1e6, 8)} if cost else dict(usage)


class Model:
    """A LlamaIndex LLM that keeps to its time; it is left alone for a while after it failed twice."""

    def __init__(self, config: ModelConfig, llm: "LLM | None" = None):
        self.config = config
        self.name = config.model or "model"
        self._llm = llm or _load(config)
        self._lock = threading.Lock()
        self._failures = 0
        self._resting_until = 0.0

    def apart(self) -> "Model":
        """The same model with a circuit breaker of its own."""
        return Model(self.config, self._llm)

    def stream(
        self, system: str, messages: Sequence[tuple[str, str]], seconds: float, max_tokens: int
    ) -> Generator[str, None, None]:
        """The reply in pieces, as they come, and empty ones while nothing comes, so that it can be given up.

        `messages` are (role, text), the last one the user's.

        Raises ModelError where the model fails, says nothing for the rest of its `seconds`, or does not end.
        """
        deadline = time.monotonic() + seconds
        with self._lock:
            if time.monotonic() < self._resting_until:
                raise ModelError(f"The model {self.name} failed several times and is left alone for a while.")
        try:
            yield from self._tried(system, messages, deadline, max_tokens)
        except ModelError:
            with self._lock:
                self._failures += 1
                if self._failures >= _FAILURES:
                    self._resting_until = time.monotonic() + _REST
            raise
        with self._lock:
            self._failures = 0

    def _tried(
        self, system: str, messages: Sequence[tuple[str, str]], deadline: float, max_tokens: int
    ) -> Iterator[str]:
        """One try, and a second where the first met a passing error before it said anything."""
        said, started = 0, time.monotonic()
        try:
            for piece in self._once(system, messages, deadline, max_tokens):
                said += len(piece)
                yield piece
            return
        except _Failed as failed:
            soon = time.monotonic() - started < (deadline - started) / 3
            if said or not failed.passing or not soon:
                raise self._explained(failed.error) from failed.error
        time.sleep(_PAUSE)
        try:
            yield from self._once(system, messages, deadline, max_tokens)
        except _Failed as failed:
            raise self._explained(failed.error) from failed.error

    def _once(
        self, system: str, messages: Sequence[tuple[str, str]], deadline: float, max_tokens: int
    ) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        chat = [ChatMessage(role="system", content=system)]
        chat += [ChatMessage(role=role, content=text) for role, text in messages]
        pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        stopped = threading.Event()

        def read() -> None:
            # A server may send a byte now and then for ever, so only another thread can keep the time.
            try:
                left = max(0.1, deadline - time.monotonic())
                for part in self._llm.stream_chat(chat, max_tokens=max_tokens, timeout=left):
                    if stopped.is_set():
                        return
                    pieces.put(part.delta or "")
                pieces.put(None)
            except Exception as error:  # each provider has errors of its own
                pieces.put(error)
            finally:
                # One left to the garbage collector is closed wherever that runs: where it runs in a thread that
                # holds the lock of the connections, which closing takes again, no question ever ends any more.
                if (reply := _REPLY.get()) is not None:
                    reply.close()

        threading.Thread(target=read, name="model", daemon=True).start()
        taken = 0
        try:
            while True:
                try:
                    piece = pieces.get(timeout=min(_BEAT, max(0.0, deadline - time.monotonic())))
                except queue.Empty:
                    if time.monotonic() >= deadline:
                        raise ModelError(f"The model {self.name} did not answer in time.") from None
                    piece = ""
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise _Failed(piece)
                taken += len(piece)
                if taken > _CHARACTERS or time.monotonic() > deadline:
                    raise ModelError(f"The model {self.name} did not come to an end.")
                yield piece
        finally:
            stopped.set()

    def _explained(self, error: Exception) -> ModelError:
        log.info("the model %s failed: %s: %s", self.name, type(error).__name__, error)
        status = _status(error)
        what = f"HTTP {status}" if status else type(error).__name__
        advice = _ADVICE.get(status or 0, "`footnote doctor` tries it.")
        if _is_away(error):
            advice = f"Nothing answers at {self.config.url}: start it, or set FOOTNOTE_LLM_URL. {advice}"
        return ModelError(f"The model {self.name} failed ({what}). {advice}")


class _Failed(Exception):
    """The provider's error, and whether another try may do better."""

    def __init__(self, error: Exception):
        super().__init__(str(error))
        self.error = error
        self.passing = _status(error) in _PASSING or _is_away(error)


def _is_away(error: Exception) -> bool:
    return "Connect" in type(error).__name__ or "Connection" in str(error)


def _status(error: Exception) -> int | None:
    status: Any = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def open_model(config: ModelConfig) -> Model | None:
    """The configured model; None where none is. Raises UsageError where its extra is missing."""
    if not config.url and not config.model:
        return None
    if not config.url or not config.model:
        raise UsageError("[llm] needs both a url and a model: set FOOTNOTE_LLM_URL and FOOTNOTE_LLM_MODEL.")
    return Model(config)


def _load(config: ModelConfig) -> "LLM":
    try:
        import httpx
        from llama_index.llms.openai_like import OpenAILike
    except ImportError as error:
        raise UsageError(
            '[llm] is configured but its package is not installed: pip install "footnote[llm]".'
        ) from error
    return OpenAILike(
        model=config.model,
        api_base=config.url,
        api_key=config.api_key or "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=config.max_tokens,
        timeout=config.timeout,
        max_retries=0,
        context_window=config.context,
        http_client=httpx.Client(
            # A reply that is given up keeps its connection until it says something: no pool may run dry meanwhile.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            event_hooks={"response": [_REPLY.set]},
        ),
    )
