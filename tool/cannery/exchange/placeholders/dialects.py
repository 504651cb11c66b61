"""The desks whose placeholders are read and written, by a short name."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.exchange.placeholders import (
    chatwoot,
    discourse,
    freescout,
    freshdesk,
    front,
    gorgias,
    intercom,
    osticket,
    zammad,
    zendesk,
)
from cannery.exchange.placeholders.dialect import Dialect

DIALECTS: Mapping[str, Dialect] = {
    "chatwoot": chatwoot.DIALECT,
    "discourse": discourse.DIALECT,
    "freescout": freescout.DIALECT,
    "freshdesk": freshdesk.DIALECT,
    "front": front.DIALECT,
    "gorgias": gorgias.DIALECT,
    "intercom": intercom.DIALECT,
    "osticket": osticket.DIALECT,
    "zammad": zammad.DIALECT,
    "zendesk": zendesk.DIALECT,
}
