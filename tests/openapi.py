"""LINE's own OpenAPI files as a judge of requests, answers and webhooks; silent where the files are not present."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "line-openapi"
PRESENT = FOLDER.is_dir()
needs_openapi = pytest.mark.skipif(not PRESENT, reason="LINE's OpenAPI files are not here")

_REF = "#/components/schemas/"
_METHODS = {"get", "post", "put", "delete"}


def check_request(method: str, path: str, body: object) -> None:
    """Fail unless LINE describes this request; `body` is the parsed JSON or form, None where there is none."""
    if PRESENT:
        file, operation = _operation(method, path)
        content = operation.get("requestBody", {}).get("content", {})
        schemas = [one["schema"] for one in content.values()]
        assert schemas or body is None, f"{method} {path} takes no body"
        if body is not None:
            _judge(file, schemas[0], body, f"request {method} {path}")


def check_answer(method: str, path: str, status: int, body: object) -> None:
    """Fail unless LINE describes this answer; a refusal it does not list must still have its shape of errors."""
    if PRESENT:
        file, operation = _operation(method, path)
        described = operation["responses"].get(str(status))
        where = f"answer {status} of {method} {path}"
        if described is None:
            assert status >= 400, f"{where} is not described"
            described = {}
        schemas = [one["schema"] for one in described.get("content", {}).values() if "schema" in one]
        if schemas:
            _judge(file, schemas[0], body, where)
        elif status >= 400 and file == "messaging-api":
            _judge(file, {"$ref": _REF + "ErrorResponse"}, body, where)


def check_webhook(body: object) -> None:
    """Fail unless LINE's description of webhooks knows this body."""
    if PRESENT:
        _judge("webhook", {"$ref": _REF + "CallbackRequest"}, body, "webhook")


def operations() -> list[tuple[str, str]]:
    """Return method and path of everything that LINE describes."""
    return [
        (method.upper(), path)
        for file in FOLDER.glob("*.yml")
        for path, known in _document(file.stem).get("paths", {}).items()
        for method in known.keys() & _METHODS
    ]


@functools.cache
def _document(file: str) -> dict:
    return yaml.safe_load((FOLDER / f"{file}.yml").read_text(encoding="utf-8"))


@functools.cache
def _paths() -> list[tuple[re.Pattern[str], str, dict]]:
    found = []
    for file in sorted(path.stem for path in FOLDER.glob("*.yml")):
        for path, operations in _document(file).get("paths", {}).items():
            found.append((re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), file, operations))
    return sorted(found, key=lambda one: "[^/]+" in one[0].pattern)


def _operation(method: str, path: str) -> tuple[str, dict]:
    plain = path.partition("?")[0]
    for pattern, file, operations in _paths():
        if pattern.fullmatch(plain) and method.lower() in operations.keys() & _METHODS:
            return file, operations[method.lower()]
    raise AssertionError(f"LINE knows no {method} {path}")


def _judge(file: str, schema: dict, value: object, where: str) -> None:
    registry, convert = _registry(file)
    judge = jsonschema.Draft202012Validator(convert(schema), registry=registry)
    wrong = sorted(judge.iter_errors(value), key=lambda error: list(map(str, error.absolute_path)))
    assert not wrong, f"{where}: " + "; ".join(f"{error.json_path}: {error.message}" for error in wrong)


@functools.cache
def _registry(file: str):
    """One JSON Schema document of all of a file's schemas.

    A schema with a discriminator stands twice: as itself, for those who extend it, and as `<name>.any`, which also
    asks the kind that the discriminator names.
    """
    schemas = _document(file).get("components", {}).get("schemas", {})
    choices = {name: one["discriminator"] for name, one in schemas.items() if "mapping" in one.get("discriminator", {})}

    def convert(schema, extends=()):
        if isinstance(schema, list):
            return [convert(one, extends) for one in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(_REF)
            asked = f"{name}.any" if name in choices and name not in extends else name
            return {"$ref": f"urn:line:{file}#/$defs/{asked}"}
        made = {key: convert(value, ()) for key, value in schema.items() if key not in {"discriminator", "example"}}
        if "allOf" in schema:
            made["allOf"] = [convert(one, choices.keys()) for one in schema["allOf"]]
        if made.pop("nullable", False) and "type" in made:
            made["type"] = [made["type"], "null"]
        return made

    definitions = {name: convert(one) for name, one in schemas.items()}
    for name, discriminator in choices.items():
        key, mapping = discriminator["propertyName"], discriminator["mapping"]
        definitions[f"{name}.any"] = {
            "allOf": [
                {"$ref": f"#/$defs/{name}"},
                {"properties": {key: {"enum": sorted(mapping)}}, "required": [key]},
                *(
                    {
                        "if": {"properties": {key: {"const": kind}}, "required": [key]},
                        "then": {"$ref": f"#/$defs/{ref.removeprefix(_REF)}"},
                    }
                    for kind, ref in mapping.items()
                ),
            ]
        }
    document = Resource({"$id": f"urn:line:{file}", "$defs": definitions}, DRAFT202012)
    return Registry().with_resource(f"urn:line:{file}", document), convert
