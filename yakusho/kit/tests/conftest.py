"""Settings of the kit's property tests."""

from hypothesis import settings

# No test of the house asserts times; a busy machine must not fail a property.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")
