"""The demo studio "Stone & Step": made-up people and seven weeks of sessions. Loopback hosts only."""
