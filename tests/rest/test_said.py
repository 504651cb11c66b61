"""What services say of errors, in the forms that each of them has."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from cannery.rest.said import reason, secrets_in, without


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"error": "RecordInvalid", "description": "Record validation errors", "details": {"title": [{"description": "Title: cannot be blank", "error": "BlankValue"}]}}, "Record validation errors; RecordInvalid; Title: cannot be blank; BlankValue"),
        ({"error": {"title": "Forbidden", "message": "You do not have access"}}, "You do not have access; Forbidden"),
        ({"description": "Validation failed", "errors": [{"field": "title", "message": "It should be unique", "code": "duplicate_value"}]}, "Validation failed; It should be unique"),
        ({"type": "error.list", "request_id": "b68", "errors": [{"code": "unauthorized", "message": "Access Token Invalid"}]}, "Access Token Invalid"),
        ({"_error": {"status": 400, "title": "Bad request", "message": "Body did not validate", "details": ["body.name: missing"]}}, "Body did not validate; Bad request; body.name: missing"),
        ({"error": {"msg": "Failed to load object.", "data": {"name": ["Missing data"]}}}, "Failed to load object."),
        ({"message": {"name": ["has already been taken"]}}, "name: has already been taken"),
        ({"errors": ["You are not permitted"], "error_type": "invalid_access"}, "You are not permitted"),
        ({"error": "no", "error_human": "This object already exists."}, "This object already exists.; no"),
        ({"error": "invalid_grant", "error_description": "The code has expired"}, "The code has expired; invalid_grant"),
        ({"message": "Unauthorized"}, "Unauthorized"),
        (["Title is too long"], "Title is too long"),
        ("Down for a while", "Down for a while"),
    ],
)  # fmt: skip
def test_what_each_service_says_is_told(content: object, told: str) -> None:
    assert reason(json.dumps(content).encode(), 422) == told


@pytest.mark.parametrize(
    ("raw", "code", "told"),
    [
        (b"<html><body>Bad gateway", 502, "Bad Gateway"),
        (b"", 404, "Not Found"),
        (b"\xff\x00", 500, "Internal Server Error"),
        (b"{}", 520, "it says no more"),
        (b"[" * 100_000, 400, "Bad Request"),
        (json.dumps({"error": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}}).encode(), 400, "Bad Request"),
    ],
)  # fmt: skip
def test_where_a_service_says_nothing_its_code_does(raw: bytes, code: int, told: str) -> None:
    assert reason(raw, code) == told


def test_a_long_story_is_cut() -> None:
    raw = json.dumps({"errors": [f"fault {number} {'x' * 90}" for number in range(1000)]}).encode()
    assert len(reason(raw, 400)) == 500


@pytest.mark.parametrize("secret", ["t0ken+/=x", 't0"ken', "t0ken.of.kim"])
def test_a_secret_is_told_in_none_of_its_forms(secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    text = f"{secret} {json.dumps(secret)}"
    assert "t0" not in without(secrets_in(headers), text)


@pytest.mark.parametrize("pair", ["kim@example.com:k3y-of-kim", "k3y-of-kim:X"])
def test_the_secret_of_a_pair_is_known_and_its_user_is_none(pair: str) -> None:
    headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    text = f"kim@example.com k3y-of-kim {headers['Authorization']}"
    assert without(secrets_in(headers), text) == "kim@example.com ... ..."


def test_the_secret_of_a_long_header_is_known() -> None:
    assert without(secrets_in({"Authorization": "Token token=s3cret"}), "s3cret!") == "...!"
