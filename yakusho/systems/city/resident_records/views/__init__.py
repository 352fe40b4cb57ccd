"""住民記録のページ Clerks find people, look at a household, and take notices; residents see their own record."""
