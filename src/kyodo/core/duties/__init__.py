"""職・担当: work belongs to a duty in an organisation, and people hold the duty from–to. They move, it stays."""
