"""Tests of the kit: published cases and properties."""
