"""Hostile input at every door, page and upload of the house: found from the registry, so that a new room is attacked the day it appears."""
