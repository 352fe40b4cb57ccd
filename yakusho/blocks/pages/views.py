"""What a room's views.py uses: `page`, `ActionPage`, `QueryPage`."""

from yakusho.blocks.pages.action_page import ActionPage
from yakusho.blocks.pages.query_page import QueryPage
from yakusho.blocks.pages.render import page

__all__ = ["ActionPage", "QueryPage", "page"]
