"""What the engine refuses.

MatchingError
├── MatchingInputError (also ValueError)   malformed input; the message says what to do
│   └── TooLargeError                      a documented limit; refused before memory is taken
└── CertificateError                       an answer that could not be proven; never returned
"""


class MatchingError(Exception):
    """Everything the engine raises on purpose."""


class MatchingInputError(MatchingError, ValueError):
    """Malformed input. The message says which part, and what would be right."""


class TooLargeError(MatchingInputError):
    """More than this path can hold or compute exactly."""


class CertificateError(MatchingError):
    """The optimum could not be proven: a fault in the engine, not in the input."""
