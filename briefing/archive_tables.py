"""The tables of the archive, and how those of an earlier version become them."""

from __future__ import annotations

VERSION = 3
APPLICATION = 0x62726965  # "brie": tells our files from other SQLite files
SCHEMA = """
CREATE TABLE article (
    sha256 TEXT PRIMARY KEY, title TEXT, date TEXT, source TEXT, url TEXT, text TEXT NOT NULL,
    seen TEXT NOT NULL
);
CREATE TABLE result (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE brief (
    serial INTEGER PRIMARY KEY, date TEXT NOT NULL, made TEXT NOT NULL, json TEXT NOT NULL,
    number INTEGER NOT NULL DEFAULT 0, commitments TEXT NOT NULL DEFAULT ''
);
CREATE TABLE delivery (
    digest TEXT NOT NULL, recipient TEXT NOT NULL, outcome TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (digest, recipient)
) WITHOUT ROWID;
"""
# From the version before to each version.
MIGRATIONS = {
    2: """
ALTER TABLE brief ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brief ADD COLUMN commitments TEXT NOT NULL DEFAULT '';
UPDATE brief SET number = (
    SELECT count(*) FROM brief AS earlier
    WHERE substr(earlier.date, 1, 4) = substr(brief.date, 1, 4) AND earlier.serial <= brief.serial
);
""",
    # Results without a checksum were those of other code, and would never be read again.
    3: """
DROP TABLE result;
CREATE TABLE result (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
""",
}
