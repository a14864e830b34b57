"""A Markdown report by mail: compose → send, or → a file.

envelope.py     who, from whom, subject, attachments: checked first
addresses.py    addresses as typed → as mail servers want them
message.py      report + envelope → message; message → .eml file
page.py         Markdown → the HTML part (mail.css is its look)
connection.py   a verified, encrypted, logged-in connection, or none
sending.py      message → one receipt a recipient
"""

from briefing.deliver.connection import Server
from briefing.deliver.envelope import Envelope
from briefing.deliver.message import compose, content_digest, write_eml
from briefing.deliver.sending import Receipt, send

__all__ = ["Envelope", "Receipt", "Server", "compose", "content_digest", "send", "write_eml"]
