"""Widgets that show and change one value of the document, and widgets made from a plug-in's parameter metadata.

Knows nothing of what the values do; bounds, steps and help come from the document's and plug-ins' own fields.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, get_args

import streamlit as st
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from core.registry import Params, bounds, choices, title_of
from pages.parts import state

Model = TypeVar("Model", bound=BaseModel)
Change = Callable[[Any], None]
Make = Callable[[dict[str, Any]], dict[str, Any]]
Edit = Callable[[Make], None]
"""Replaces the parameters of a plug-in by what the given function makes of them.

As they stand by then: of two widgets turned in quick succession, the second was drawn before the first was turned.
"""
NOTHING = "\0"
"""Stands for None among a select box's options."""


def at(path: str) -> Change:
    """A change of the document's value at a dotted path."""
    return partial(state.set_value, path)


def edit_at(path: str) -> Edit:
    """An edit of the parameters at a dotted path of the document."""
    return partial(state.edit_value, path)


def _told(key: str, change: Change) -> None:
    if state.turned(key):
        change(state.value(key))


def _bound(key: str, value: Any, change: Change) -> dict[str, Any]:
    return {"key": state.bind(key, value, anew=True), "on_change": _told, "args": (key, change)}


def toggle(label: str, key: str, value: bool, change: Change, help: str, **more: Any) -> None:
    st.toggle(label, help=help, **more, **_bound(key, value, change))


def slider(
    label: str, key: str, value: float, change: Change, help: str, low: float, high: float, step: float, **more: Any
) -> None:
    whole = all(isinstance(number, int) for number in (low, high, step, value))
    cast = int if whole else float
    bounds: dict[str, Any] = {"min_value": cast(min(low, value)), "max_value": cast(max(high, value)), "step": cast(step)}
    st.slider(label, help=help, **bounds, **more, **_bound(key, cast(value), change))


def number(
    label: str,
    key: str,
    value: float,
    change: Change,
    help: str,
    low: float | None,
    high: float | None,
    step: float | None,
    **more: Any,
) -> None:
    cast = int if isinstance(value, int) else float
    given = {"min_value": low, "max_value": high, "step": step}
    bounds: dict[str, Any] = {name: None if bound is None else cast(bound) for name, bound in given.items()}
    st.number_input(label, help=help, format=None if cast is int else "%g", **bounds, **more, **_bound(key, value, change))


def select(label: str, key: str, value: Any, options: Mapping[Any, str], change: Change, help: str, **more: Any) -> None:
    """A select box of `options` (value -> title). A value may be None, which to Streamlit means that nothing is chosen."""
    known = {**options} if value in options else {**options, value: str(value)}
    titles = {NOTHING if item is None else item: title for item, title in known.items()}

    def told(item: Any) -> None:
        change(None if item == NOTHING else item)

    bound = _bound(key, NOTHING if value is None else value, told)
    st.selectbox(label, list(titles), format_func=lambda item: titles[item], help=help, **more, **bound)


def steps(label: str, key: str, value: Any, options: list, change: Change, help: str, show: Callable[[Any], str] = str) -> None:
    """A slider over fixed values; a value that is none of them joins them in its place."""
    known = options if value in options else sorted([*options, value], key=lambda item: math.inf if item is None else item)
    alike = len({show(item) for item in known}) < len(known)  # Streamlit tells options apart by their titles alone
    st.select_slider(label, known, format_func=str if alike else show, help=help, **_bound(key, value, change))


def plugin(label: str, key: str, choice: Any, registry: Mapping[str, Any], change: Change, help: str, **more: Any) -> None:
    """A select box of plug-ins by title; a new choice starts with its own defaults. `change` gets a document's choice."""
    titles = {name: module.TITLE for name, module in registry.items()}
    text = f"{help}\n\n" + "\n".join(f"- **{module.TITLE}**: {module.HELP}" for module in registry.values())
    select(label, key, choice.name, titles, lambda name: change({"name": name, "params": {}}), text, **more)


def params(
    key: str, model: type[BaseModel], values: Mapping[str, Any], edit: Edit, only: tuple[str, ...] | None = None
) -> None:
    """A widget for every parameter of a plug-in (or those in `only`), for every named item of a list."""
    known = _checked(model, values)
    for name, field in model.model_fields.items():
        if only is None or name in only:
            current = values.get(name, field.get_default(call_default_factory=True))
            if field.annotation is float:  # a JSON written by hand says 1 where 1.0 is meant
                current = float(current)
            if isinstance(known, Params) and known.items(name):
                _items(f"{key}.{name}", name, known, edit)
            else:
                _param(f"{key}.{name}", name, field, current, partial(_replace, edit, name))


def _checked(model: type[Model], values: Mapping[str, Any]) -> Model:
    """The parameters as the plug-in takes them; its defaults where the document's do not fit."""
    try:
        return model(**values)
    except ValidationError:
        return model()


def _replace(edit: Edit, name: str, item: Any) -> None:
    edit(lambda values: {**values, name: item})


def _items(key: str, name: str, known: Params, edit: Edit) -> None:
    """A slider for each named item of a list. Items without a name now keep their values, for when they have one again."""
    field = type(known).model_fields[name]
    text, step = _help(field), _extra(field).get("step")
    low, high = bounds(get_args(get_args(field.annotation)[0])[1].metadata)
    top = min(bound for bound in (high, known.most(name)) if bound is not None)

    def told(place: int, item: float) -> None:
        def made(params: dict[str, Any]) -> dict[str, Any]:
            values = _listed(_checked(type(known), params), name)
            return {**params, name: [*values[:place], item, *values[place + 1 :]]}

        edit(made)

    for place, (item, value) in enumerate(zip(known.items(name), _listed(known, name), strict=False)):
        label = f"{title_of(name, field)}: {item}"
        slider(label, f"{key}.{place}", min(value, top), partial(told, place), text, low or 0, top, step or 1)


def _listed(known: Params, name: str) -> list[float]:
    """A value for each named item; those that lack are as the last."""
    values = getattr(known, name)
    return [*values, *values[-1:] * (len(known.items(name)) - len(values))]


def _extra(field: FieldInfo) -> dict[str, Any]:
    return dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}


def _help(field: FieldInfo) -> str:
    formula = _extra(field).get("formula")
    return f"{field.description or ''}" + (f"\n\n$${formula}$$" if formula else "")


def _param(key: str, name: str, field: FieldInfo, value: Any, change: Change) -> None:
    label, extra, text = title_of(name, field), _extra(field), _help(field)
    low, high = bounds(field.metadata)
    if words := choices(field.annotation):
        select(label, key, value, {item: str(item) for item in words}, change, text)
    elif isinstance(value, bool):
        toggle(label, key, value, change, text)
    elif isinstance(value, int | float):
        step = extra.get("step") or (1 if isinstance(value, int) else None)
        if low is not None and high is not None and step and (high - low) / float(step) <= 200:
            slider(label, key, value, change, text, low, high, float(step) if isinstance(value, float) else int(step))
        else:
            number(label, key, value, change, text, low, high, step)
    elif isinstance(value, str):
        _text(label, key, value, change, text)


def _text(label: str, key: str, value: str, change: Change, help: str) -> None:
    """A line of text. What is refused stays in the box as long as the sentence that says why, so that it can be mended."""

    def told(text: str) -> None:
        change(text)
        state.put(f"refused.{key}", text if state.problem() else None)

    refused = state.get(f"refused.{key}") if state.problem() else None
    st.text_input(label, help=help, **_bound(key, value if refused is None else refused, told))
