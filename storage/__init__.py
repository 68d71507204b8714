"""The memory: tables, repositories, batches, inbox, outbox, ledger, Redis, migrations."""
