"""The words of the project as frozen, typed models (see docs/ARCHITECTURE.md)."""
