"""The renderers of a reply, one file each; `reply.formats` has their rows."""
