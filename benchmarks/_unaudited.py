"""The house without its record, for one comparison only: what does the evidence cost?"""

from yakusho.blocks.audit import record
from yakusho.web.wsgi import application as application

record.write = lambda **_row: 0
