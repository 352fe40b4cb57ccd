"""Where somebody sits, for the tests of other blocks: import the fixture in their `conftest.py`."""

import pytest


@pytest.fixture
def signed_in(client, monkeypatch):
    """A browser that this actor is at; how one signs in is proved in the block of identity."""

    def sit_down(actor):
        def at_the_desk(request):
            request.visit = None
            return actor

        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", at_the_desk)
        return client

    return sit_down
