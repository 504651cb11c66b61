"""The formats that macros are exported to."""

from __future__ import annotations

from cannery.exchange.exports import espanso, json_list, okf, table_of_replies, textexpander, vscode
from cannery.exchange.exports.export import Export

EXPORTS: tuple[Export, ...] = (
    espanso.EXPORT,
    vscode.EXPORT,
    textexpander.EXPORT,
    table_of_replies.EXPORT,
    json_list.EXPORT,
    okf.EXPORT,
)
