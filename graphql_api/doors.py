"""What may be asked, and how much, as the settings say (访问限制)."""

from __future__ import annotations

from graphql_api.budget import Budget
from graphql_api.limits import BOUNDS, Bounds
from graphql_api.policy import Policy
from graphql_api.settings import Settings
from graphql_api.streams import Patience
from graphql_api.trusted import Trusted, trusted_documents


class Doors:
    """What may be asked of a schema: by which documents, how large, and how much in a minute (查询入口)."""

    def __init__(
        self,
        policy: Policy = Policy(),  # noqa: B008 - a default that nobody can change
        bounds: Bounds = BOUNDS,
        trusted: Trusted | None = None,
        budget: Budget | None = None,
    ) -> None:
        """Allow what they say; without a ``trusted`` register no document has a name."""
        self.policy = policy
        self.bounds = bounds
        self.trusted = Trusted(()) if trusted is None else trusted
        self.budget = Budget() if budget is None else budget


def doors_of(settings: Settings) -> Doors:
    """Return what the settings allow."""
    return Doors(
        Policy(settings.introspection, trusted_only=settings.documents == "trusted"),
        Bounds(
            tokens=settings.document_tokens,
            depth=settings.document_depth,
            aliases=settings.document_aliases,
            directives=settings.document_directives,
            cost=settings.cost_per_request,
        ),
        trusted_documents(settings.documents_dir),
        Budget(settings.cost_per_minute),
    )


def patience_of(settings: Settings) -> Patience:
    """Return how long one waits for whom, and who may follow how much."""
    return Patience(
        streams_per_caller=settings.streams_per_caller,
        sockets_per_address=settings.sockets_per_address,
        operations_per_socket=settings.operations_per_socket,
        init_seconds=settings.socket_init_seconds,
        slow_reader_seconds=settings.slow_reader_seconds,
        position_seconds=settings.position_seconds,
        alone=settings.workers == 1,
    )
