"""あとで読むアドレス Addresses whose module is read when somebody first comes to one of them."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LateAddresses(URLResolver):
    """あとで読むアドレス `path(route, include(module))` for a module that takes long to read and that most processes never need.

    Its names stand in a namespace of their own; a name looked up in it is a first visit, too.
    """

    def __init__(self, route: str, module: str, *, namespace: str) -> None:
        super().__init__(RoutePattern(route, is_endpoint=False), module, app_name=namespace, namespace=namespace)

    def _populate(self) -> None:
        # Django asks every branch for its names when it looks for one; what is not read yet is found under its namespace.
        if "urlconf_module" in self.__dict__:
            super()._populate()
