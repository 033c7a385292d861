"""What people in a room do, a module each: play, follow, join. Knows nothing of what the pages show."""
