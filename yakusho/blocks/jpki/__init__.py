"""公的個人認証 The two certificates of a My Number card: verified, and stood in for by test authorities. Pure Python."""
