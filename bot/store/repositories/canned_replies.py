"""Replies that advisers choose instead of writing them anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select, update

from bot.jobcentre.errors import NotFound
from bot.store import tables
from bot.store.records import CannedReply
from bot.store.repositories.accounts import account_key
from bot.store.repositories.repository import Repository

_REPLIES, _ACCOUNTS = tables.canned_replies, tables.accounts


class CannedReplies(Repository):
    def find(self, accounts: Collection[str] | None = None, *, include_inactive: bool = False) -> list[CannedReply]:
        """Those for every account and those of the handles (None: of any), by title."""
        query = _SELECT.order_by(_REPLIES.c.title, _REPLIES.c.id)
        if accounts is not None:
            keys = [account_key(handle) for handle in accounts]
            query = query.where(or_(_REPLIES.c.account.is_(None), _REPLIES.c.account.in_(keys)))
        if not include_inactive:
            query = query.where(_REPLIES.c.is_active)
        return [_reply_from(row) for row in self._rows(query)]

    def get(self, reply_id: int) -> CannedReply:
        """Raises NotFound."""
        found = self._rows(_SELECT.where(_REPLIES.c.id == reply_id))
        if not found:
            raise NotFound(f"there is no canned reply {reply_id}")
        return _reply_from(found[0])

    def put(self, reply: CannedReply) -> CannedReply:
        """Keep a new one (`id` 0), or replace the one of that number. Raises NotFound."""
        row: dict[str, Any] = {
            "account": account_key(reply.account) if reply.account else None,
            "title": reply.title,
            "text": reply.text,
            "text_cy": reply.text_cy,
            "is_active": reply.is_active,
            "updated_at": reply.updated_at,
            "updated_by": reply.updated_by,
        }
        if not reply.id:
            return self.get(self._add(_REPLIES, row))
        if not self._execute(update(_REPLIES).where(_REPLIES.c.id == reply.id).values(**row)).rowcount:
            raise NotFound(f"there is no canned reply {reply.id}")
        return self.get(reply.id)


_SELECT = select(_REPLIES, _ACCOUNTS.c.handle).join_from(_REPLIES, _ACCOUNTS, isouter=True)


def _reply_from(row: Any) -> CannedReply:
    return CannedReply(
        title=row["title"],
        text=row["text"],
        text_cy=row["text_cy"],
        account=row["handle"],
        is_active=row["is_active"],
        updated_at=row["updated_at"],
        updated_by=row["updated_by"],
        id=row["id"],
    )
