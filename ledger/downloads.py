"""Handing a file of the books out."""

from django.http import FileResponse

from ledger.exporting import Taken

TYPES = {"csv": "text/csv", "zip": "application/zip"}


def file_of(taken: Taken) -> FileResponse:
    """Hand the file out under its name, with its digest."""
    name = taken.export.file_name
    kind = TYPES.get(name.rpartition(".")[2], "text/plain")
    answer = FileResponse(taken.content, as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-SHA256"] = taken.export.sha256
    return answer
