"""What an administrator of the database could do to the record, for the tests that find it out."""

from yakusho.blocks.audit.tests.acts import fill, settle

UNPROTECT = "".join(
    f"alter table {table} disable trigger all;" for table in ("audit_entry", "audit_leaf", "audit_checkpoint")
)
PROTECT = UNPROTECT.replace("disable trigger all", "enable always trigger append_only")
SWAP = (
    "update audit_entry a set actor = b.actor, door = b.door, subjects = b.subjects, at = b.at"
    " from audit_entry b where a.id in (100, 101) and b.id in (100, 101) and a.id <> b.id"
)
COPY = (
    'insert into audit_entry (id, xid, at, kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    " overriding system value"
    ' select 100000, xid, at, kind, door, 7, actor_name, role, office, purpose, "case", subjects, node, body'
    " from audit_entry where id = 100"
)


def two_steps():
    """A signed log of 600 entries in two steps."""
    for end in (300, 600):
        fill(300)
        settle(end)


def unprotected(owner, harm):
    """Do harm with the protection off, and switch it on again to leave no trace of that."""
    for statement in (UNPROTECT, harm, PROTECT):
        owner.execute(statement)
