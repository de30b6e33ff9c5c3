"""Reading the export of an old system: bytes to records, records to rows, nothing written."""
