"""What the engine refuses.

MatchingError
├── MatchingInputError (also ValueError)   malformed input; the message says what to do
│   └── TooLargeError                      a documented limit; refused before memory is taken
├── UnreadableError                        stored bytes of a form that no reader here knows
└── CertificateError                       an answer that could not be proven; never returned
"""


class MatchingError(Exception):
    """Base of every error that the engine raises on purpose."""


class MatchingInputError(MatchingError, ValueError):
    """Malformed input. The message says which part, and what would be right."""


class TooLargeError(MatchingInputError):
    """The input is more than this path can hold or compute exactly."""


class UnreadableError(MatchingError):
    """The stored bytes are damaged, or have a form that only a later release knows."""


class CertificateError(MatchingError):
    """The optimum could not be proven: a fault in the engine, not in the input."""
