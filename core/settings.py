"""What the server is told from outside: by environment variables `MTL_…`, and by a TOML file.

The environment is stronger than the file. A wrong value or an unknown name is refused with one sentence, so that a server with
a typo does not start. Here is the one place that knows the names; `python -m core settings` prints them as a table.
Knows no document and no run.
"""

import difflib
import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from core.errors import UserError

ROOT = Path(__file__).parent.parent
PREFIX = "MTL_"
FILE = f"{PREFIX}SETTINGS"
"""Names the TOML file; else it is `mtl.toml` beside the app, where there is one."""
SECRET = ("database", "status_key")
"""Settings that hold a password or a key: what was found is never said."""


def _told(default: Any, description: str, shown: str = "", **bounds: Any) -> Any:
    """A setting. shown: its default in words, where the value says little."""
    return Field(default, description=description, json_schema_extra={"shown": shown}, **bounds)


class Settings(BaseSettings):
    """Names, bounds and defaults. In the environment a name is in capitals after `MTL_`; in the file it is as here."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=False, str_strip_whitespace=True
    )

    data_dir: Path = _told(ROOT / "data", "The folder for all that is kept.", "`data` beside the app")
    database: str = _told("", "Where runs and rooms are kept, as SQLAlchemy has it.", "SQLite, `mtl.db` in the data folder")
    blobs: str = _told("", "Where checkpoints are kept: a folder or what fsspec takes.", "`blobs` in the data folder")
    files: str = _told("", "Where uploaded files are kept: a folder or what fsspec takes.", "the data folder")
    cluster: str = _told(
        "",
        "The scheduler of a dask cluster whose workers train, `tcp://HOST:8786`.",
        "none: workers on this machine",
        pattern=r"^$|^(tcp|tls|ucx|ws|wss|inproc)://",
    )
    workers: int = _told(0, "How many processes train on this machine.", "one for every processor", ge=1, le=1024)
    hosts: Annotated[tuple[str, ...], NoDecode] = _told(
        (), "Names the app is reached by, with commas between them.", "this machine's own names and plain addresses"
    )
    keep_hours: float = _told(24.0, "Hours after which an uploaded file is deleted that nobody uses.", ge=0.01, le=87_600)
    keep_days: float = _told(90.0, "Days after which a run is deleted that nobody has looked at.", ge=0.01, le=36_500)
    openml: str = _told("https://www.openml.org", "Where data sets from the web are asked for.", pattern=r"^https?://")
    person_rows: int = _told(2_000_000, "Rows of a table that one run may learn from.", ge=10, le=2_000_000)
    person_parameters: int = _told(20_000_000, "Parameters that one run may have, of all its replicas.", ge=100)
    person_playing: int = _told(6, "Runs of one person that may play at once.", ge=1)
    person_megabytes: int = _told(500, "Megabytes of uploaded files that one person may keep.", ge=1)
    server_playing: int = _told(200, "Runs that may play at once in one process of the app.", ge=1)
    status_key: str = _told(
        "", "Whoever has it may see the status from another machine.", "only this machine may", min_length=16
    )
    log_data: bool = _told(False, "Whether the log may say what errors say, which can name columns. For development.", "no")

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        names = value.split(",") if isinstance(value, str) else value
        return [str(name).strip().lower() for name in names if str(name).strip()] if isinstance(names, list | tuple) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, and under it the file, which comes as arguments."""
        return env_settings, init_settings


def settings() -> Settings:
    """All settings as the environment has them now. Raises `UserError` for a wrong value and an unknown name."""
    return _settings(tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith(PREFIX))))


@lru_cache(maxsize=8)
def _settings(environment: tuple[tuple[str, str], ...]) -> Settings:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {FILE}
    for name, _ in environment:
        if name not in known:
            raise _unknown(name, known, "the environment")
    path, given = _file(dict(environment).get(FILE, ""))
    for name in given:
        if name not in Settings.model_fields:
            raise _unknown(name, set(Settings.model_fields), path.name)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _wrong(error, dict(environment), path) from error


def _file(asked: str) -> tuple[Path, dict[str, Any]]:
    path = Path(asked) if asked else ROOT / "mtl.toml"
    if not asked and not path.exists():
        return path, {}
    try:
        return path, tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        fix = 'Write lines such as workers = 4 or hosts = ["mtl.example.org"].'
        raise UserError(f"The settings file {path.name} should be TOML.", _shortly(error), fix) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{FILE} should lead to a text file.", f"“{path}”, which cannot be read", "Check the path.") from error


def _unknown(name: str, known: set[str], where: str) -> UserError:
    close = difflib.get_close_matches(name.upper() if name.isupper() else name, known, 1, 0.6)
    fix = f"Did you mean {close[0]}?" if close else "`python -m core settings` lists all that there are."
    return UserError("Every setting should be one that there is.", f"“{name:.60}” in {where}", fix)


def _wrong(error: ValidationError, environment: dict[str, str], path: Path) -> UserError:
    """The first fault, in one sentence."""
    fault = error.errors(include_url=False)[0]
    field = str(fault["loc"][0])
    variable = f"{PREFIX}{field.upper()}"
    name = variable if environment.get(variable) else f"“{field}” in {path.name}"
    found = "another value, which is not shown" if field in SECRET else f"“{fault['input']!s:.80}”"
    return UserError(f"{name} should be {asked(Settings.model_fields[field])}.", found, "Correct or remove it.")


def asked(field: FieldInfo) -> str:
    """What a setting takes, in words."""
    kinds: dict[Any, str] = {int: "a whole number", float: "a number", bool: "true or false", Path: "a folder", str: "a text"}
    kind = kinds.get(field.annotation, "names with commas between them")
    limits = {key: value for part in field.metadata for key in ("ge", "le", "min_length", "pattern")
              if (value := getattr(part, key, None)) is not None}  # fmt: skip
    if "pattern" in limits:
        return "an address such as " + ("https://www.openml.org" if "http" in limits["pattern"] else "tcp://HOST:8786")
    if "min_length" in limits:
        return f"a text of at least {limits['min_length']} characters"
    if "ge" in limits and "le" in limits:
        return f"{kind} from {limits['ge']:,} to {limits['le']:,}"
    return kind + (f" from {limits['ge']:,}" if "ge" in limits else "")


def _shortly(error: Exception) -> str:
    return f"“{str(error).splitlines()[0]:.80}”"


def table() -> str:
    """All settings as a table in Markdown."""
    rows = ["| Environment | In `mtl.toml` | What it is | It takes | Without it |", "|---|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        default = extra.get("shown") or (f"{field.default:,}" if isinstance(field.default, int) else f"{field.default}")
        rows.append(f"| `{PREFIX}{name.upper()}` | `{name}` | {field.description} | {asked(field)} | {default} |")
    rows.append(f"| `{FILE}` | | The TOML file itself. | a path | `mtl.toml` beside the app, if it is there |")
    return "\n".join(rows)


def data_folder() -> Path:
    """Where uploaded files are kept."""
    return settings().data_dir


def database() -> str:
    """Where runs and rooms are kept, as SQLAlchemy has it."""
    return settings().database or f"sqlite:///{data_folder().resolve() / 'mtl.db'}"


def blobs() -> str:
    """Where checkpoints are kept: a folder or what fsspec takes."""
    return settings().blobs or str(data_folder().resolve() / "blobs")


def files() -> str:
    """Where uploaded files are kept: a folder or what fsspec takes."""
    return settings().files or str(data_folder())


def cluster() -> str:
    """The scheduler of a dask cluster whose workers train; "": workers on this machine."""
    return settings().cluster


def keep_hours() -> float:
    """For how long a file stays that nobody uses."""
    return settings().keep_hours


def keep_days() -> float:
    """For how long a run stays that nobody looks at."""
    return settings().keep_days


def hosts() -> tuple[str, ...]:
    """Names that the app is reached by, beside this machine's own."""
    return settings().hosts


def workers() -> int:
    """How many processes train."""
    return settings().workers or os.cpu_count() or 1


def openml() -> str:
    """Where data sets from the web are asked for."""
    return settings().openml
