"""identity 本人確認: who signs in, by what proof, with which duties."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors.actors import Actor, Grant, Permission, Role
from yakusho.blocks.doors.system import SystemConfig


class Manager(Permission):
    """管理職 Whoever decides at some office: any role that ends in `_manager`."""

    name = "manager"

    def granting(self, by: Actor) -> Grant | None:
        """The first of the actor's managing duties."""
        return next((grant for grant in sorted(by.grants, key=str) if grant.role.endswith("_manager")), None)


MANAGER: Permission = Manager()
SYSTEM_ADMINISTRATOR = Role("system_administrator", _("情報システム管理者"))
AUDITOR = Role("auditor", _("監査担当"))


class Identity(SystemConfig):
    """本人確認 Accounts, appointments, passkeys, cards, sessions."""

    title = _("本人確認")
    verbose_name = title
    roles = [SYSTEM_ADMINISTRATOR, AUDITOR]
