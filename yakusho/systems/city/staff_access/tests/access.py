"""見える範囲 Who may open the pages: for the matrix of rights in `tests/access`."""

from yakusho.blocks.identity import queries

PAGES = {
    "account": queries.staff_account.allowed,
    "accounts": queries.staff_accounts.allowed,
    "matches": queries.waiting_matches.allowed,
}
