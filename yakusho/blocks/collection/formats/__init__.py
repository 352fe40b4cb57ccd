"""外部の形式 Files and codes of banks, stores and their agents, one module each."""
