"""The second step of signing in, as django-allauth asks it, with the passkeys only that work at this entrance."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView

from kyodo.core.accounts import passkeys


class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """A code, or a passkey of this entrance."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer no passkey that the browser could not find under this host name."""
        content: dict[str, Any] = super().get_context_data(**kwargs)
        if "js_data" in content:
            options = content["js_data"]["request_options"]["publicKey"]
            host = self.request.get_host().partition(":")[0]
            here = passkeys.ids_at(self.stage.login.user.pk, host)
            options["allowCredentials"] = [one for one in options.get("allowCredentials", []) if one["id"] in here]
        return content
