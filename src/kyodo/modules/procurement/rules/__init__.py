"""What is true of joint procurements whatever the database says; pure, a file a subject."""
