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


GRANTS: Grants = {
    Permission.SIGN_IN: EVERYBODY,
    Permission.OWN_ACCOUNT: SIGNED_IN,
    Permission.USER_SEE: {Role.OPERATOR: Reach.REGION},
}

# Pages of django-allauth, by the names of their addresses.
OTHERS: dict[str, StrEnum] = {
    "account_login": Permission.SIGN_IN,
    "account_logout": Permission.SIGN_IN,
    "account_signup": Permission.SIGN_IN,
    "account_inactive": Permission.SIGN_IN,
    "account_reset_password": Permission.SIGN_IN,
    "account_reset_password_done": Permission.SIGN_IN,
    "account_reset_password_from_key": Permission.SIGN_IN,
    "account_reset_password_from_key_done": Permission.SIGN_IN,
    "account_confirm_email": Permission.SIGN_IN,
    "account_email_verification_sent": Permission.SIGN_IN,
    "mfa_authenticate": Permission.SIGN_IN,
    "mfa_login_webauthn": Permission.SIGN_IN,
    "mfa_trust": Permission.SIGN_IN,
    "openid_connect_login": Permission.SIGN_IN,
    "openid_connect_callback": Permission.SIGN_IN,
    "socialaccount_login_cancelled": Permission.SIGN_IN,
    "socialaccount_login_error": Permission.SIGN_IN,
    "socialaccount_signup": Permission.SIGN_IN,
    "socialaccount_connections": Permission.OWN_ACCOUNT,
    "account_change_password": Permission.OWN_ACCOUNT,
    "account_set_password": Permission.OWN_ACCOUNT,
    "account_email": Permission.OWN_ACCOUNT,
    "account_reauthenticate": Permission.OWN_ACCOUNT,
    "mfa_index": Permission.OWN_ACCOUNT,
    "mfa_activate_totp": Permission.OWN_ACCOUNT,
    "mfa_deactivate_totp": Permission.OWN_ACCOUNT,
    "mfa_view_recovery_codes": Permission.OWN_ACCOUNT,
    "mfa_generate_recovery_codes": Permission.OWN_ACCOUNT,
    "mfa_download_recovery_codes": Permission.OWN_ACCOUNT,
    "mfa_reauthenticate": Permission.OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": Permission.OWN_ACCOUNT,
    "mfa_list_webauthn": Permission.OWN_ACCOUNT,
    "mfa_add_webauthn": Permission.OWN_ACCOUNT,
    "mfa_edit_webauthn": Permission.OWN_ACCOUNT,
    "mfa_remove_webauthn": Permission.OWN_ACCOUNT,
    "usersessions_list": Permission.OWN_ACCOUNT,
}
