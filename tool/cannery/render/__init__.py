"""The renderers of a reply, one file each; `formats` has their rows."""
