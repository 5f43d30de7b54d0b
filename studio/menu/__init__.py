"""The pages of the studio's menu: what can be booked, in which style, and with what."""
