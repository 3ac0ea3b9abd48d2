"""The parameters of a request, in each of the four ways Telegram takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import HeaderParser
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, BeforeValidator, JsonValue, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request

from bot.web.emulator.errors import ApiError, JsonObject, bad_request

_NESTED = frozenset(
    {
        "allowed_updates",
        "button",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
    }
)
"""Parameters that hold objects or lists: in a form they come as JSON text."""

_MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}
_OBJECT = TypeAdapter(JsonObject)
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)
_INTEGER = re.compile(r"-?\d+")

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a request says: values, and the files that came along by field name."""

    values: JsonObject
    files: Mapping[str, Upload]

    @property
    def recorded(self) -> JsonObject:
        """The values, a file being ``attach://`` its field name."""
        return {**self.values, **{name: f"attach://{name}" for name in self.files}}


def chat_id(value: object) -> object:
    """Read a chat id that came as text; a name stays a name."""
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


ChatId = Annotated[int | str, BeforeValidator(chat_id)]


async def read_parameters(request: Request) -> Parameters:
    """Read the query and the body of a request.

    Raises:
        ApiError: 400 for a body that is not what it says it is.
    """
    values: JsonObject = dict(request.query_params)
    files: dict[str, Upload] = {}
    body = await request.body()
    kind = request.headers.get("content-type", "")
    try:
        if body and kind.startswith("application/json"):
            values |= _OBJECT.validate_python(json.loads(body))
        elif kind.startswith("application/x-www-form-urlencoded"):
            values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        elif kind.startswith("multipart/form-data"):
            fields, files = read_multipart(body, kind)
            values |= fields
    except ValueError:
        raise bad_request("can't parse the body of the request") from None
    return Parameters({name: _nested(name, value) for name, value in values.items() if value is not None}, files)


def read_multipart(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Take a multipart body apart into fields and files.

    Raises:
        ValueError: it is not well-formed.
    """
    boundary = _header_parameter(f"Content-Type: {content_type}", "boundary")
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    for part in parts[1:-1]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator:
            raise ValueError("a part without headers")
        headers = HeaderParser().parsestr(head.decode().lstrip("\r\n"))
        disposition = f"Content-Disposition: {headers['Content-Disposition']}"
        name = _header_parameter(disposition, "name")
        if "filename" in disposition:
            file_name = _header_parameter(disposition, "filename")
            files[name] = Upload(file_name, content, headers.get_content_type())
        else:
            fields[name] = content.decode()
    return fields, files


def _header_parameter(header: str, name: str) -> str:
    message = HeaderParser().parsestr(header)
    value = message.get_param(name, header=header.partition(":")[0])
    if not isinstance(value, str) or not value:
        raise ValueError(f"no {name} in {header}")
    return value


def _nested(name: str, value: JsonValue) -> JsonValue:
    """Read JSON text where an object or a list is expected."""
    _refuse_broken_text(value)
    if name not in _NESTED or not isinstance(value, str):
        return value
    try:
        return _JSON.validate_python(json.loads(value)) if value else None
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _refuse_broken_text(value: JsonValue) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def checked(model: type[ModelT], parameters: Parameters) -> ModelT:
    """Check parameters against what a method takes.

    Raises:
        ApiError: 400 naming what is unknown, missing or wrong.
    """
    values: dict[str, object] = dict(parameters.values)
    files = dict(parameters.files)
    for name, value in parameters.values.items():
        if isinstance(value, str) and value.startswith("attach://"):
            values[name] = files.pop(value.removeprefix("attach://"), value)
    values.update(files)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False)) from None


def _refusal(errors: list[ErrorDetails]) -> ApiError:
    unknown = [error for error in errors if error["type"] == "extra_forbidden"]
    error = unknown[0] if unknown else errors[0]
    path = ".".join(str(step) for step in error["loc"])
    if unknown:
        return bad_request(f"unknown parameter '{path}'")
    if error["type"] == "missing":
        return bad_request(_MISSING.get(path, f"parameter '{path}' is missing"))
    return bad_request(f"invalid parameter '{path}': {error['msg']}")
