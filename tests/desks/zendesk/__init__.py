"""A Zendesk on loopback that keeps what it is sent, with the traps of the real one."""
