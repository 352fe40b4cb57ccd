"""本人確認のページ Pages of the door."""
