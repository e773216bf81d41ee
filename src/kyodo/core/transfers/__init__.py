"""人事異動: on a day people leave duties and take others; what was theirs goes to whoever has the duty next."""
