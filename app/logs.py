"""The log: every line on standard error is one JSON object, the libraries' own lines too."""

import logging
import re
import sys
from typing import Any

import structlog

# Secrets begin alike: hs_ of a key, hr_ of an address that opens a report.
SECRET = re.compile(r"h[rs]_[\w-]{20,}", re.IGNORECASE)


def without_secrets(path: str) -> str:
    """A path as a log may name it."""
    return SECRET.sub("{secret}", path)


def log_as_json() -> None:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    write = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, write], logger_factory=structlog.WriteLoggerFactory(sys.stderr)
    )
    handler = logging.StreamHandler(sys.stderr)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[remove_meta, write]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
