"""The settings: from the environment (`FOOTNOTE_*`) and `footnote.toml`, over the defaults."""

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pydantic
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.config import EmbeddingConfig, IndexConfig
from index.errors import UsageError
from qa.model import ModelConfig
from qa.select import THRESHOLD

_FILE = "footnote.toml"
_DEFAULT = IndexConfig()


@dataclass(frozen=True, slots=True)
class AnswerConfig:
    """`threshold`: an answer is given when its probability is at least this, 0 to 1."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    threshold: float = THRESHOLD


class Settings(BaseSettings):
    """Everything that can be configured; see docs/configuration.md."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_", env_nested_delimiter="_", env_nested_max_split=1, extra="forbid", frozen=True
    )

    home: Path = _DEFAULT.home
    passage_tokens: int = pydantic.Field(_DEFAULT.passage_tokens, ge=32, le=1024)
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
        files = init_settings.init_kwargs.pop("files", ())
        return (init_settings, env_settings, *(TomlConfigSettingsSource(settings_cls, file) for file in files))

    @property
    def index(self) -> IndexConfig:
        return IndexConfig(self.home, self.embedding, self.passage_tokens)


def load(home: Path | None = None) -> Settings:
    """The settings; `home` is the library folder given on the command line.

    Raises UsageError for a setting that is unknown or has no valid value, naming it and where it stands.
    """
    given: dict[str, Any] = {"home": home} if home else {}
    found = _load([Path(_FILE)], given)
    in_library = found.home / _FILE
    if in_library.is_file():
        found = _load([Path(_FILE), in_library], {**given, "home": found.home})
    return found


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


def _load(files: list[Path], given: dict[str, Any]) -> Settings:
    _refuse_unknown_variables()
    try:
        return Settings(files=[file for file in files if file.is_file()], **given)
    except pydantic.ValidationError as error:
        raise UsageError(_explained(error)) from error
    except ValueError as error:  # not TOML, or not the encoding
        raise UsageError(f"{_FILE} cannot be read ({error}). Correct it or remove it.") from error


def _keys() -> list[str]:
    return ["home", "passage_tokens", *(f"embedding.{k}" for k in EmbeddingConfig.__dataclass_fields__),
            *(f"answer.{k}" for k in AnswerConfig.__dataclass_fields__),
            *(f"llm.{k}" for k in ModelConfig.__dataclass_fields__)]  # fmt: skip


def _refuse_unknown_variables() -> None:
    known = {"FOOTNOTE_" + key.replace(".", "_").upper() for key in _keys()}
    for name in os.environ:
        if name.startswith("FOOTNOTE_") and name not in known:
            raise UsageError(f"There is no setting {name}.{_nearest(name, sorted(known))}")


def _explained(error: pydantic.ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"There is no setting {key}.{_nearest(key, _keys())}"
    return f"The setting {key} cannot be {first['input']!r}: {first['msg']}."


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
