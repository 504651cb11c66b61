"""The earlier name of `cannery.site.safe_markdown`, which teams have in their mkdocs.yml."""

from cannery.site.safe_markdown import makeExtension as makeExtension  # noqa: PLC0414 - exported
