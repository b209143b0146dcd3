"""Holding a row until the end of a transaction, so that two changes of it come one after the other."""

from sqlmodel import Session, SQLModel


def hold(session: Session, row: SQLModel) -> None:
    """Wait for whoever changes this row, read it anew, and let nobody else change it before this transaction ends."""
    session.refresh(row, with_for_update=True)
