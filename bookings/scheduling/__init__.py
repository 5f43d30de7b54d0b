"""When a session can be: ticks and masks, wall-clock hours, limits, offers. Only the standard library."""
