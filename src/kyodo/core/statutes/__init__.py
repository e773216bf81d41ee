"""法令・例規の表: rules of law and of each body's own ordinances as dated rows, and which row decides."""
