"""Contacts: how to reach DWP and others, and what of it may be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select

from bot.jobcentre.contact import Contact
from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation
from bot.store import tables
from bot.store.repositories.repository import Repository

_CONTACTS = tables.contacts


class Contacts(Repository):
    """A hundred rows or so, in the order of their file."""

    def replace_all(self, contacts: Iterable[Contact]) -> None:
        """Hold these and no others."""
        self._execute(delete(_CONTACTS))
        rows = [{**asdict(contact), "position": position} for position, contact in enumerate(contacts)]
        if rows:
            self._execute(insert(_CONTACTS), rows)

    def put(self, contact: Contact) -> None:
        """Replace the contact of that id where it stands, or add it at the end."""
        places = dict(self._execute(select(_CONTACTS.c.id, _CONTACTS.c.position)).all())
        position = places.get(contact.id, max(places.values(), default=-1) + 1)
        self._put(_CONTACTS, [{**asdict(contact), "position": position}])

    def remove(self, contact_id: str) -> None:
        """Hold it no longer."""
        self._execute(delete(_CONTACTS).where(_CONTACTS.c.id == contact_id))

    def get(self, contact_id: str) -> Contact:
        """Raises NotFound."""
        found = self._rows(select(_CONTACTS).where(_CONTACTS.c.id == contact_id))
        if not found:
            raise NotFound(f'there is no contact "{contact_id}"')
        return _contact(found[0])

    def find_by_ids(self, contact_ids: Sequence[str]) -> list[Contact]:
        """In the order of the ids; those that are not held are left out."""
        rows = self._rows(select(_CONTACTS).where(_CONTACTS.c.id.in_(contact_ids)))
        held = {row["id"]: _contact(row) for row in rows}
        return [held[contact_id] for contact_id in contact_ids if contact_id in held]

    def find(
        self, *, topic: str | None = None, nation: Nation | None = None, channel: str | None = None
    ) -> list[Contact]:
        """Those that fit all that is given. A contact without a nation is for every nation."""
        query = select(_CONTACTS).order_by(_CONTACTS.c.position)
        if channel is not None:
            query = query.where(_CONTACTS.c.channel == channel)
        if topic is not None:  # a contact may be of several, under one name: all rows that may be of this one
            query = query.where(_CONTACTS.c.topic_id.contains(topic, autoescape=True))
        contacts = [_contact(row) for row in self._rows(query)]
        return [contact for contact in contacts if _fits(contact, topic, nation)]


def _fits(contact: Contact, topic: str | None, nation: Nation | None) -> bool:
    return (topic is None or topic in contact.topics) and (nation is None or contact.serves(nation))


def _contact(row: Any) -> Contact:
    return Contact(**{name: value for name, value in row.items() if name != "position"})
