"""The gate's factory: rows → features (TypeScript) → weights → `gate.json` in a bundle (docs/gate.md)."""
