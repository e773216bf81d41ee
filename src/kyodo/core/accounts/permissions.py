"""Who may see the pages of accounts: everybody the way in, who is signed in the own account."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.permissions import EVERYBODY, SIGNED_IN
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What accounts lets people do."""

    SIGN_IN = "accounts.sign_in"
    OWN_ACCOUNT = "accounts.own_account"
    USER_SEE = "accounts.user_see"
    USER_CHANGE = "accounts.user_change"


LOOK_AFTER = {Role.OPERATOR: Reach.REGION, Role.ADMINISTRATOR: Reach.OWN}

GRANTS: Grants = {
    Permission.SIGN_IN: EVERYBODY,
    # Also somebody whose roles are over keeps the account, and can see to it.
    Permission.OWN_ACCOUNT: SIGNED_IN,
    # Operators look after all people of the region, administrators after those of their body: accounts and roles,
    # never what they write.
    Permission.USER_SEE: LOOK_AFTER,
    Permission.USER_CHANGE: LOOK_AFTER,
}

# Accounts and roles are given where those sit who give them: not on the internet.
INSIDE: frozenset[StrEnum] = frozenset({Permission.USER_SEE, Permission.USER_CHANGE})

# Pages of django-allauth, by the names of their addresses. Those that are not here stay shut: addresses of mail belong
# to sections and are kept by the operator, and nobody signs up.
OTHERS: dict[str, StrEnum] = {
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_signup",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "openid_connect_login",
            "openid_connect_callback",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
        ),
        Permission.SIGN_IN,
    ),
    **dict.fromkeys(
        (
            "socialaccount_connections",
            "account_change_password",
            "account_set_password",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "usersessions_list",
        ),
        Permission.OWN_ACCOUNT,
    ),
}
