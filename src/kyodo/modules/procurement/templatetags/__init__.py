"""Tags of joint procurement."""
