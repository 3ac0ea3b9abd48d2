"""An independent check of what a bot sends: aiogram's models of the Bot API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile, ReplyKeyboardMarkup, ReplyKeyboardRemove
from pydantic import BaseModel, ValidationError

from bot.web.emulator import BotRequest

_KEYBOARDS: Mapping[str, type[BaseModel]] = {
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
}


def violations(requests: Iterable[BotRequest]) -> list[str]:
    """Return what is wrong with requests, by the Bot API as aiogram has it; nothing when all is well."""
    return [f"{request.method}: {wrong}" for request in requests for wrong in _wrong(request)]


def _wrong(request: BotRequest) -> Iterator[str]:
    name = request.method[:1].upper() + request.method[1:]
    model = getattr(aiogram.methods, name, None)
    if not (isinstance(model, type) and issubclass(model, TelegramMethod)):
        yield "no such method"
        return
    try:
        values = {key: _readable(value) for key, value in request.parameters.items()}
        checked = model.model_validate(values)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            yield f"{_path(problem['loc'])}: {problem['msg']}"
        return
    yield from _unknown(checked, "")
    for key, field in model.model_fields.items():
        extra = field.json_schema_extra
        if key in values and isinstance(extra, dict) and extra.get("deprecated"):
            yield f"{key}: deprecated"


def _readable(value: object) -> object:
    """Put a file in the place of the reference to one, and into the place of a keyboard the one that it is."""
    if isinstance(value, dict):  # of a union the first that fits would be taken, with keys that it does not know
        kind = next((kind for key, kind in _KEYBOARDS.items() if key in value), None)
        return kind.model_validate(value) if kind is not None else value
    if isinstance(value, str) and value.startswith("attach://"):
        return _Attached(filename=value)
    return value


class _Attached(InputFile):
    """A file that came along with the request."""

    async def read(self, bot: object) -> object:  # type: ignore[override]
        """Nothing reads it."""
        return iter(())


def _unknown(value: object, path: str) -> Iterator[str]:
    """Yield every key that the models do not know, however deep."""
    match value:
        case BaseModel():
            for key in value.model_extra or {}:
                yield f"{path}{key}: unknown parameter"
            for key in value.model_fields_set:
                if key in type(value).model_fields:
                    yield from _unknown(getattr(value, key), f"{path}{key}.")
        case list() | tuple():
            for at, item in enumerate(value):
                yield from _unknown(item, f"{path}{at}.")


def _path(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in loc)
