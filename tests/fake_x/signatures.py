"""Whether a request is signed by one of the accounts: OAuth 1.0a (RFC 5849), checked with oauthlib."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from string import ascii_letters, digits
from typing import Any

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, RequestValidator, ResourceEndpoint

from tests.fake_x.world import Account, World

TOLERANCE = timedelta(minutes=5)
"""How far a request's time may be from X's own."""


class Signatures:
    """Says who signed a request. Each nonce counts once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._endpoint = ResourceEndpoint(_Validator(world))

    def find_signer(self, method: str, url: str, headers: Mapping[str, str]) -> Account | None:
        """The account whose token and secrets made the signature; None where it is missing, wrong, too old or used."""
        authorization = headers.get("Authorization", "")
        if not authorization.startswith("OAuth "):
            return None
        try:
            is_valid, request = self._endpoint.validate_protected_resource_request(
                url, method, headers={"Authorization": authorization}
            )
        except ValueError:  # oauthlib's word for a header that is no header
            return None
        return self._world.account_of_token(request.resource_owner_key) if is_valid else None


class _Validator(RequestValidator):  # type: ignore[misc]
    """What oauthlib asks. Its own look at the time is left out, as it reads the computer's clock: ours is in
    `validate_timestamp_and_nonce`."""

    enforce_ssl = False
    safe_characters = frozenset(ascii_letters + digits + "-_")
    client_key_length = access_token_length = (1, 200)
    nonce_length = (8, 64)
    timestamp_lifetime = 10**10
    allowed_signature_methods = (SIGNATURE_HMAC_SHA1,)
    dummy_client = "no-client"
    dummy_access_token = "no-token"

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._nonces: dict[tuple[str, str], datetime] = {}
        self._swept = world.clock()

    def validate_client_key(self, client_key: str, request: Any) -> bool:
        return client_key == self._world.app.consumer_key

    def validate_access_token(self, client_key: str, token: str, request: Any) -> bool:
        account = self._world.account_of_token(token)
        return account is not None and not account.is_revoked

    def validate_realms(self, *_: Any, **__: Any) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: Any) -> str:
        return self._world.app.consumer_secret

    def get_access_token_secret(self, client_key: str, token: str, request: Any) -> str:
        account = self._world.account_of_token(token)
        return account.token_secret if account else "no-secret"

    def validate_timestamp_and_nonce(self, client_key: str, timestamp: str, nonce: str, *_: Any, **told: Any) -> bool:
        now = self._world.clock()
        if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
            return False
        if now - self._swept > TOLERANCE:
            self._swept = now
            self._nonces = {used: at for used, at in self._nonces.items() if now - at <= 2 * TOLERANCE}
        used = (str(told.get("access_token")), nonce)
        if used in self._nonces:
            return False
        self._nonces[used] = now
        return True
