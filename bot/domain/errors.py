"""The root of what a rule may refuse. The class and its fields carry the fact; the words are chosen at the edge."""

from __future__ import annotations


class DomainError(Exception):
    """A rule of the network said no. Subclasses name the rule; ``str()`` is for the log, never for a user."""


class NotFoundError(DomainError):
    """The thing meant does not exist, or is not in the actor's part of the network (the two are told alike)."""


class NotAllowedError(DomainError):
    """The actor's roles do not reach the unit concerned (rights follow the tree)."""


class OutdatedError(DomainError):
    """The thing has moved on since the button was shown: its version is older than the stored one."""
