"""The steps of ``import_legacy`` that write, one module per room; none opens a transaction."""
