"""Invoices that machines read: Factur-X, CII and UBL, written, judged, handed on and received."""
