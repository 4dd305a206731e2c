"""What the program says about itself: JSON lines for machines, plain lines for one person at a screen."""

import logging

import structlog

SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)
CHATTY = ("celery", "kombu", "alembic", "waitress.queue")


def log_as_json() -> None:
    """One object a line on standard error, with what was bound to the request or the job."""
    _log_with(structlog.processors.JSONRenderer(ensure_ascii=False), logging.INFO)


def log_plainly() -> None:
    """Only what a person should know about."""
    _log_with(structlog.dev.ConsoleRenderer(), logging.WARNING)


def _log_with(renderer: structlog.typing.Processor, level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=SHARED))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
