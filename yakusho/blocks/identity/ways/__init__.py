"""入り方 The ways in: what happens between what somebody presents and the session it opens."""
