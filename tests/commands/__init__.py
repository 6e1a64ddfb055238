"""Commands about an installation: organisations and keys, how the service starts, the wheel."""
