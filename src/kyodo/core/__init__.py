"""What every module stands on: people, organisations, access, audit, background work, pages. Knows no module."""
