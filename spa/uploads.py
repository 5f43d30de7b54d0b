"""Uploads are cut off where they get too large: nobody fills the disk with a file that would be refused anyway."""

from django.core.files.uploadhandler import FileUploadHandler

MOST = 8 * 1024 * 1024
"""Bytes of a file that any form takes. What comes after them is not kept: the file is larger then, and is refused."""


class Cut(FileUploadHandler):
    """Stands before the handlers that keep a file, and gives them no more than a chunk beyond MOST."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST else None

    def file_complete(self, file_size: int) -> None:
        """The file is made by the handlers behind."""
