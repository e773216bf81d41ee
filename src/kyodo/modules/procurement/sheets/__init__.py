"""The sheets of joint procurement, each declared once."""
