"""People and how they sign in: user name and password, one-time codes, passkeys, the town's own single sign-on."""
