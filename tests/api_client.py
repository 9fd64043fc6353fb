"""A client of the API for tests: speaks as one worker, with a fresh idempotency key for every request."""

import warnings
from typing import Any
from uuid import uuid4

from fastapi import FastAPI

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have a successor of httpx that we don't pin
    from starlette.testclient import TestClient


class ApiClient:
    """Sends and reads JSON. `raw` gives the whole response; the others insist on the status that is expected."""

    def __init__(self, app: FastAPI, token: str | None = None) -> None:
        self._client = TestClient(app, raise_server_exceptions=False)
        self._token = token

    def raw(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"accept-language": "en", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self._token:
            sent.setdefault("authorization", f"Bearer {self._token}")
        if method == "POST":
            sent.setdefault("idempotency-key", str(uuid4()))
        sent = {name: value for name, value in sent.items() if value}
        path = path if path.startswith(("/api", "/healthz", "/readyz", "/metrics")) else f"/api/v1{path}"
        return self._client.request(method, path, json=body, headers=sent)

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        return self._json(self.raw("GET", path, **headers), status)

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        return self._json(self.raw("POST", path, body, **headers), status)

    def put(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        return self._json(self.raw("PUT", path, body, **headers), status)

    def _json(self, response: Any, status: int) -> Any:
        assert response.status_code == status, f"{response.status_code}: {response.text}"
        if status >= 400:
            assert response.headers["content-type"] == "application/problem+json"
        return response.json()
