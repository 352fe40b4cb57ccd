"""The desk's pages of import and export."""
