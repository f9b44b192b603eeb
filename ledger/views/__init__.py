"""What templates see: frozen values, ready to be printed, and the functions that make them from the ledger."""
