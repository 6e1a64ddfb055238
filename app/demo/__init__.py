"""The Östersund case as an integration script drives it, and the stage it is shown on."""
