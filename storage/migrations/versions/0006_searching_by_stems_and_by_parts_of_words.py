"""Searching by stems and by parts of words: what each database needs beside the table `search_lines`.

None of it is known to the tables: see `storage.tables.searching.is_modelled`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Both tables read their text from search_lines itself, and the triggers tell them of every change of it.
SQLITE = """
CREATE VIRTUAL TABLE search_fts_words USING fts5(stems, content='search_lines', content_rowid='id')
--
CREATE VIRTUAL TABLE search_fts_parts USING fts5(
    stems, content='search_lines', content_rowid='id', tokenize='trigram')
--
CREATE VIRTUAL TABLE search_fts_terms USING fts5vocab(search_fts_words, row)
--
CREATE TRIGGER search_fts_added AFTER INSERT ON search_lines BEGIN
    INSERT INTO search_fts_words(rowid, stems) VALUES (new.id, new.stems);
    INSERT INTO search_fts_parts(rowid, stems) VALUES (new.id, new.stems);
END
--
CREATE TRIGGER search_fts_removed AFTER DELETE ON search_lines BEGIN
    INSERT INTO search_fts_words(search_fts_words, rowid, stems) VALUES ('delete', old.id, old.stems);
    INSERT INTO search_fts_parts(search_fts_parts, rowid, stems) VALUES ('delete', old.id, old.stems);
END
--
CREATE TRIGGER search_fts_changed AFTER UPDATE OF stems ON search_lines BEGIN
    INSERT INTO search_fts_words(search_fts_words, rowid, stems) VALUES ('delete', old.id, old.stems);
    INSERT INTO search_fts_parts(search_fts_parts, rowid, stems) VALUES ('delete', old.id, old.stems);
    INSERT INTO search_fts_words(rowid, stems) VALUES (new.id, new.stems);
    INSERT INTO search_fts_parts(rowid, stems) VALUES (new.id, new.stems);
END
--
INSERT INTO search_fts_words(search_fts_words) VALUES ('rebuild')
--
INSERT INTO search_fts_parts(search_fts_parts) VALUES ('rebuild')
"""

# Written seldom and read often: without the list of what is still to be put in, which every search would read.
# On what the column gives rather than on one more column: the smaller the rows, the sooner they are counted.
POSTGRESQL = """
CREATE INDEX ix_search_fts_stems ON search_lines
    USING gin (array_to_tsvector(string_to_array(stems, ' '))) WITH (fastupdate = off)
"""
PARTS = "CREATE INDEX ix_search_fts_parts ON search_lines USING gin (stems gin_trgm_ops) WITH (fastupdate = off)"


def upgrade() -> None:
    """Make the tables, triggers and indexes of the dialect at hand."""
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    for statement in (SQLITE if on_sqlite else POSTGRESQL).split("--\n"):
        connection.exec_driver_sql(statement)
    if not on_sqlite:
        _index_parts(connection)


def _index_parts(connection: sa.Connection) -> None:
    """An index on parts of words where the server lets us have pg_trgm; without it they are looked for in every row."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql(PARTS)
    except sa.exc.DBAPIError:
        return


def downgrade() -> None:
    """Take them away; the extension may be somebody else's too, and stays."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_fts_{name}")
        for name in ("terms", "parts", "words"):
            op.execute(f"DROP TABLE search_fts_{name}")
        return
    op.execute("DROP INDEX IF EXISTS ix_search_fts_parts")
    op.execute("DROP INDEX ix_search_fts_stems")
