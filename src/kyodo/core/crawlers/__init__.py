"""What machines that read the web are told: robots.txt, and the list of public pages. Modules name their pages."""
