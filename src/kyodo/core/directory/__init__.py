"""名簿: whom to call in each body, who of it can sign in, and the invitations by which they come in."""
