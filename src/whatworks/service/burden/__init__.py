"""The burden ledger: what the service asks of people, and who used each answer."""
