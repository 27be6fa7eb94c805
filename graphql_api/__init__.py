"""GraphQL to commands, GraphQL to SQL over the projections; no rule of the domain (接口)."""
