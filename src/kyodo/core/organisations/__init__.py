"""Prefecture, bureaux, municipalities, the DX body, companies and groups: who can need and join."""
