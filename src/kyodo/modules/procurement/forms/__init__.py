"""The forms of joint procurement. What is right is decided by the rules."""
