"""Pages about money that is late."""

from yakusho.blocks.collection import queries
from yakusho.blocks.pages.views import QueryPage

late_charge = QueryPage(queries.late_charge, template="collection/late_charge.html")
