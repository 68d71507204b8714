"""Every file of tables, imported together so that the metadata is whole whoever asks for it first."""

from __future__ import annotations

from storage import tables, tables_meetings, tables_polls, tables_posts

metadata = tables.metadata
__all__ = ["metadata", "tables", "tables_meetings", "tables_polls", "tables_posts"]
