"""The lists of joint procurement, each declared once."""
