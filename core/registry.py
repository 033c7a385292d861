"""Finds plug-ins: every module in a package is one, named after its file (`two_waves.py` is `two-waves`).

Knows nothing of what a plug-in does; each room says which attributes its modules must have.
A parameter class `Params` (pydantic) carries defaults, bounds, steps, help and formulas, from which
the pages draw widgets and the command line its help.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import UserError


class Params(BaseModel):
    """Base of every plug-in's parameters: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def param(default: Any, help: str, *, step: float | None = None, formula: str = "", title: str = "", **bounds: Any) -> Any:
    """A parameter with all that a widget needs. `bounds` are pydantic's `ge`, `gt`, `le`, `lt`."""
    extra: dict[str, Any] = {"step": step, "formula": formula}
    return Field(default, description=help, title=title or None, json_schema_extra=extra, **bounds)


class Registry(Mapping[str, ModuleType]):
    """The plug-ins of one package, by name, in the order of their `ORDER` and then their name.

    Raises `TypeError` when a module lacks one of `required`: a broken plug-in fails at import, loudly.
    """

    def __init__(self, package: str, what: str, required: tuple[str, ...] = ()) -> None:
        self.what = what
        folder = importlib.import_module(package)
        modules = {}
        for info in pkgutil.iter_modules(folder.__path__):
            if info.name.startswith("_"):
                continue
            module = importlib.import_module(f"{package}.{info.name}")
            missing = [name for name in ("TITLE", "HELP", "Params", *required) if not hasattr(module, name)]
            if missing:
                raise TypeError(f"{module.__name__} is no {what}: it lacks {', '.join(missing)}")
            modules[info.name.replace("_", "-")] = module
        self._modules = dict(sorted(modules.items(), key=lambda item: (getattr(item[1], "ORDER", 100), item[0])))

    def __getitem__(self, name: str) -> ModuleType:
        return self._modules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

    def resolve(self, name: str, params: Mapping[str, Any] | None = None) -> tuple[Any, Any]:
        """The module called `name` and its checked `Params`. Raises `UserError` naming what does exist."""
        if name not in self._modules:
            raise UserError(f"The {self.what} should be one of {', '.join(self)}.", f"“{name}”", "Choose one of these.")
        module = self._modules[name]
        try:
            return module, module.Params(**(params or {}))
        except ValidationError as error:
            raise explain(error, f"{module.TITLE} ({self.what})") from error


def explain(error: ValidationError, where: str) -> UserError:
    """The first complaint of pydantic as one sentence that says what to do."""
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"]) or "the document"
    if first["type"] == "extra_forbidden":
        return UserError(f"{where} has no “{path}”.", f"“{path}”", "Remove it, or check its spelling.")
    if first["type"] == "missing":
        return UserError(f"{where} needs “{path}”.", "nothing there", "Add it.")
    if isinstance(first.get("ctx", {}).get("error"), UserError):
        return first["ctx"]["error"]
    wanted = first["msg"][0].lower() + first["msg"][1:]
    return UserError(f"{where}: “{path}”: {wanted}.", f"{first['input']!r:.80}", "Change it and try again.")
