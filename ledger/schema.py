"""The tables of the ledger, one schema for SQLite and PostgreSQL.

Addresses, paths and contents are found by 16-byte digests: a hostile address may be longer than
an index of PostgreSQL can hold. A change here needs a new file in `migrations/versions/` and its
number at the end of `REVISIONS`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

from ledger.column_types import Digest, Id, Moment, Prose

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every migration this program knows, oldest first."""

VERSION_TABLE = "xuncha_version"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Compressed text kept once per content: rosters, rule cards, judged paths, page texts.
contents = Table(
    "contents",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("note", Prose, nullable=False),
    Column("roster", Digest, ForeignKey(contents.c.digest), nullable=False),
    Column("reader", String(16), nullable=False, server_default=""),
    Index(None, "site", "as_of", "id"),
)

leases = Table(
    "leases",
    metadata,
    Column("site", Prose, primary_key=True),
    Column("token", String(32), nullable=False),
    Column("host", Prose, nullable=False),
    Column("machine", String(32), nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("born", BigInteger, nullable=False),
    Column("since", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
)

columns = Table(
    "columns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("path", Prose, nullable=False),
    UniqueConstraint("site", "digest"),
)

readings = Table(
    "readings",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("column_id", Id, ForeignKey(columns.c.id), primary_key=True),
    Column("url", Prose),
    Column("outcome", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("found", Prose, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer),
    Column("final_url", Prose, nullable=False),
    Column("title", Prose, nullable=False),
    Column("adapter", Prose, nullable=False),
    Column("pages_read", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("cut", Boolean, nullable=False),
    Column("covers_from", Date),
    Column("published", Prose),
    Column("excerpt", Prose, nullable=False),
    Column("detail", Prose, nullable=False),
    Column("chain", Prose, nullable=False),
    Column("carried", Boolean, nullable=False, server_default=false()),
)

# One row a version of a list entry; what a run saw of it is a thin row of `sightings`.
items = Table(
    "items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("column_id", Id, ForeignKey(columns.c.id), nullable=False),
    Column("address", Digest, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("url", Prose, nullable=False),
    Column("title", Prose, nullable=False),
    Column("day", Date),
    Column("how", String(16)),
    Column("text", Prose, nullable=False),
    Column("time", Prose),
    Column("fault", Prose, nullable=False),
    Column("others", Prose, nullable=False),
    UniqueConstraint("column_id", "digest"),
    Index(None, "column_id", "address"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("run_id", Id, primary_key=True),
    Column("column_id", Id, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("item_id", Id, ForeignKey(items.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False),
    ForeignKeyConstraint(["run_id", "column_id"], [readings.c.run_id, readings.c.column_id]),
    Index(None, "item_id", "run_id"),
    sqlite_with_rowid=False,
)

# Addresses found in menus, kept before the column is read so that a resumed run looks no further.
matches = Table(
    "matches",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("digest", Digest, primary_key=True),
    Column("path", Prose, nullable=False),
    Column("url", Prose, nullable=False),
    Column("found", Prose, nullable=False),
)

# Addresses the portal repeats on page after page; a resumed run must tell lists apart as it began.
furniture = Table(
    "furniture",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("digest", Digest, primary_key=True),
    Column("mark", Prose, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("address", Digest, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer),
    Column("final_url", Prose, nullable=False),
    Column("chain", Prose, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("elapsed", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("detail", Prose, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("address", Digest, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("title", Prose, nullable=False),
    Column("published", Prose),
    Column("others", Prose, nullable=False),
    Column("source", Prose, nullable=False),
    Column("attachments", Prose, nullable=False, server_default=""),
    Column("tags", Prose, nullable=False, server_default=""),
    Column("text", Digest, ForeignKey(contents.c.digest), nullable=False),
    # Digests in `contents`, null where there is nothing more to read.
    Column("parts", Digest),
    Column("links", Digest),
    Index(None, "address", "run_id"),
)

# Lists and the home page: what there is to read of them beside their entries.
fronts = Table(
    "fronts",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("address", Digest, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("title", Prose, nullable=False),
    Column("parts", Digest),
    Column("links", Digest),
)

# Files for download. Unlike pages they are not copied from run to run: the last reading counts.
files = Table(
    "files",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("address", Digest, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Digest),
    Column("reason", Prose, nullable=False),
    # What was recognised from its pictures.
    Column("recognised", Digest),
)

# How an address answered when it was last asked, so that the next run can ask whether it changed.
known = Table(
    "known",
    metadata,
    Column("site", Prose, primary_key=True),
    Column("address", Digest, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("role", String(8), nullable=False),
    Column("etag", Prose, nullable=False),
    Column("modified", Prose, nullable=False),
    Column("body", Digest, nullable=False),
    Column("asked", Date, nullable=False),
    Column("run_id", Id, ForeignKey(runs.c.id), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("misses", Integer, nullable=False),
    Column("reader", String(12), nullable=False),
    Index(None, "site", "role", "asked"),
)

# How a column's list was come by where the page itself does not show it.
accesses = Table(
    "accesses",
    metadata,
    Column("column_id", Id, ForeignKey(columns.c.id), primary_key=True),
    Column("url", Prose, nullable=False),
    Column("way", String(8), nullable=False),
    Column("call", Prose, nullable=False),
    Column("adapter", Prose, nullable=False),
    Column("learned", Date, nullable=False),
)

# What people say of findings; nothing here is ever changed.
reviews = Table(
    "reviews",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("word", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("day", Date, nullable=False),
    Column("by", Prose, nullable=False),
    Column("note", Prose, nullable=False),
    Column("spans", Prose, nullable=False),
    Column("until", Date),
    Column("unit", Prose, nullable=False, server_default=""),
    Column("in_report", Boolean),
    Column("veto", Boolean),
    Index(None, "site", "fingerprint"),
)

# What a monitoring vendor told the agency: one row a file, its entries compressed in `contents`.
notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("name", Prose, nullable=False),
    Column("vendor", Prose, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("entries", Digest, ForeignKey(contents.c.digest), nullable=False),
    UniqueConstraint("site", "digest"),
    Index(None, "site", "day"),
)

# Papers of closed periods as they were handed over; nothing here is ever changed.
editions = Table(
    "editions",
    metadata,
    Column("site", Prose, primary_key=True),
    Column("paper", String(32), primary_key=True),
    Column("period", String(16), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Prose, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("model", Digest, ForeignKey(contents.c.digest), nullable=False),
)

# Messages sent, so that a channel gets one a day and never the same again.
tellings = Table(
    "tellings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Prose, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("detail", Prose, nullable=False),
    Index(None, "channel", "day"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("run_id", Id, ForeignKey(runs.c.id), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("rule_set", Prose, nullable=False),
    Column("cards", Digest, ForeignKey(contents.c.digest), nullable=False),
    Column("paths", Digest, ForeignKey(contents.c.digest), nullable=False),
    Column("verdicts", LargeBinary, nullable=False),
    Column("clears", LargeBinary, nullable=False),
    # How much text was looked at: a digest in `contents`, null where none was.
    Column("texts", Digest),
    Index(None, "site", "as_of", "run_id"),
)

claims = Table(
    "claims",
    metadata,
    Column("run_id", Id, primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("site", Prose, nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("payload", Prose, nullable=False),
    ForeignKeyConstraint(["run_id", "as_of"], [judgements.c.run_id, judgements.c.as_of]),
    Index(None, "site", "fingerprint", "as_of", "run_id"),
)

# Only those of fingerprints that have fired for the site; `judgements` has them all.
clears = Table(
    "clears",
    metadata,
    Column("run_id", Id, primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("fingerprint", String(16), primary_key=True),
    Column("site", Prose, nullable=False),
    Column("offline", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["run_id", "as_of"], [judgements.c.run_id, judgements.c.as_of]),
    Index(None, "site", "fingerprint", "as_of", "run_id"),
    sqlite_with_rowid=False,
)
