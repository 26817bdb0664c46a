"""One use case is one transaction: load, let the domain decide, save. The only way into storage."""
