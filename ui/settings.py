"""The settings: from the environment (`FOOTNOTE_*`) and `footnote.toml`, over the defaults."""

import difflib
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pydantic
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from index.config import EmbeddingConfig, IndexConfig
from index.errors import UsageError
from qa.model import ModelConfig
from qa.select import THRESHOLD

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FILE = "footnote.toml"
_DEFAULT = IndexConfig()
_RANGES: dict[str, tuple[float, float]] = {  # of what other packages define; both ends are allowed
    "answer.threshold": (0, 1),
    "embedding.threads": (1, 1024),
    "llm.timeout": (0.1, 86_400),
    "llm.search_timeout": (0.1, 86_400),
    "llm.context": (1, 10**9),
    "llm.max_tokens": (1, 10**9),
    "llm.prompt_price": (0, 10**9),
    "llm.reply_price": (0, 10**9),
}


def _words(given: Any) -> Any:
    """The words of a text; variables of the environment are no lists."""
    return given.split() if isinstance(given, str) else given


@dataclass(frozen=True, slots=True)
class AnswerConfig:
    """`threshold`: an answer is given when its probability is at least this, 0 to 1."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    threshold: float = THRESHOLD


class Settings(BaseSettings):
    """Everything that can be configured; see docs/configuration.md."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    home: Path = _DEFAULT.home
    passage_tokens: int = pydantic.Field(_DEFAULT.passage_tokens, ge=32, le=1024)
    hosts: Annotated[tuple[str, ...], NoDecode, pydantic.BeforeValidator(_words)] = ()
    embedding: EmbeddingConfig = EmbeddingConfig()
    answer: AnswerConfig = AnswerConfig()
    llm: ModelConfig = ModelConfig()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        tables = init_settings.init_kwargs.pop("tables", ())
        return (init_settings, env_settings, *(InitSettingsSource(settings_cls, table) for table in tables))

    @property
    def index(self) -> IndexConfig:
        return IndexConfig(self.home, self.embedding, self.passage_tokens)


def load(home: Path | None = None) -> Settings:
    """The settings; `home` is the library folder given on the command line.

    Raises UsageError for a setting that is unknown or has no valid value, naming it and where it stands.
    """
    given: dict[str, Any] = {"home": home} if home else {}
    _refuse_unknown_variables()
    tables = {Path(_FILE): _table(Path(_FILE))}
    found = _checked(tables, given)
    in_library = found.home / _FILE
    tables[in_library] = _table(in_library)
    return _checked(tables, {**given, "home": found.home})


def write_threshold(home: Path, threshold: float) -> Path:
    """Sets `[answer] threshold` in the library's footnote.toml, leaving the rest as it is; returns its path."""
    import tomlkit  # only this command needs it
    from tomlkit.exceptions import TOMLKitError

    path = home / _FILE
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.is_file() else tomlkit.document()
        answer = document.setdefault("answer", tomlkit.table())
        answer["threshold"] = threshold
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
    except (OSError, TOMLKitError) as error:
        raise UsageError(f"{path} cannot be written ({error}). Correct it or remove it.") from error
    return path


def _table(file: Path) -> dict[str, Any]:
    """What stands in a TOML file, nothing where there is none."""
    try:
        with file.open("rb") as opened:
            return tomllib.load(opened)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # not allowed, not TOML, or not the encoding
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{file} cannot be read ({reason}). Correct it or remove it.") from error


def _checked(tables: dict[Path, dict[str, Any]], given: dict[str, Any]) -> Settings:
    """The settings of what is given, the environment and the files' tables, the first ones first."""
    try:
        found = Settings(tables=list(tables.values()), **given)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        raise UsageError(_place(first["loc"], tables) + _explained(first)) from error
    except SettingsError as error:
        raise UsageError(f"The environment cannot be read ({error}).") from error
    for key, (least, most) in _RANGES.items():
        section, name = key.split(".")
        value = getattr(getattr(found, section), name)
        if value is not None and not least <= value <= most:
            reason = f"The setting {key} cannot be {value!r}: it must be from {least:,} to {most:,}."
            raise UsageError(_place((section, name), tables) + reason)
    return found


def _place(key: tuple[str | int, ...], tables: dict[Path, dict[str, Any]]) -> str:
    """The variable or file that a setting stands in, to begin a message with."""
    variable = "FOOTNOTE_" + "_".join(map(str, key)).upper()
    if os.environ.get(variable):
        return f"{variable}: "
    for file, table in tables.items():
        section = table.get(str(key[0]))
        if section is not None and (len(key) == 1 or not isinstance(section, dict) or key[1] in section):
            return f"{file}: "
    return ""


def _keys() -> list[str]:
    sections = {"embedding": EmbeddingConfig, "answer": AnswerConfig, "llm": ModelConfig}
    nested = [f"{section}.{field.name}" for section, config in sections.items() for field in fields(config)]
    return ["home", "passage_tokens", "hosts", *nested]


def _refuse_unknown_variables() -> None:
    known = {"FOOTNOTE_" + key.replace(".", "_").upper() for key in _keys()}
    for name in os.environ:
        if name.startswith("FOOTNOTE_") and name not in known:
            raise UsageError(f"There is no setting {name}.{_nearest(name, sorted(known))}")


def _explained(first: "ErrorDetails") -> str:
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"There is no setting {key}.{_nearest(key, _keys())}"
    return f"The setting {key} cannot be {first['input']!r}: {first['msg']}."


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
