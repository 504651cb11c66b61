"""The kinds of hosts that a repository can be on: a row here, and a file `hosts/NAME.py`.

The order is that in which they are recognised by a host's name.
"""

HOSTS: tuple[str, ...] = ("github", "gitlab", "gitea", "bitbucket")
