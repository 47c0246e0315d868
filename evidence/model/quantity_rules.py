"""What a finding holds its keys to, as a JSON Schema can say it."""

from __future__ import annotations

from typing import Any

QUANTITIES = ("value", "events", "n", "arms", "difference")
# What ``Finding`` holds its keys to, as a JSON Schema can say it
QUANTITY_RULES: dict[str, Any] = {
    "anyOf": [{"required": [key]} for key in (*QUANTITIES, "p", "date", "statement")],
    "if": {"required": ["date"]},
    "then": {"properties": dict.fromkeys(QUANTITIES, False)},
    "else": {
        "if": {"required": ["value"]},
        "then": {"anyOf": [{"required": ["unit"]}, {"required": ["events"]}]},
    },
}
