"""Mail of a site that only shows what it would send: each message a file in a folder, nothing leaves the machine."""

from pathlib import Path

from tracker.channels.email import EmailChannel
from tracker.domain.post import Fate, Message, Outcome


class FolderChannel:
    """Writes messages as `.eml` files, byte for byte as they would travel; a repeat takes the place of the first."""

    name = "email"

    def __init__(self, email: EmailChannel, folder: Path) -> None:
        """The folder is made with the first message."""
        self.email, self.folder = email, folder
        self.sender_domain = email.sender_domain

    def send(self, message: Message) -> Outcome:
        """Keep the message; never raises for what the disk does."""
        name = f"{message.dated_at:%Y-%m-%dT%H%M%SZ}-{message.message_id.strip('<>')[:16]}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = self.folder / f".{name}"
            half.write_bytes(self.email.wire(message))
            half.replace(self.folder / f"{name}.eml")
        except OSError as error:
            return Outcome(Fate.LATER, f"{self.folder}: {error.strerror}")
        return Outcome(Fate.ACCEPTED)
