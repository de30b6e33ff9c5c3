"""What is charged: charges, billing runs, invoices, payments, the outbox."""
