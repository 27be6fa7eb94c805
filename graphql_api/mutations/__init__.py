"""Commands by GraphQL: inputs derived from the registry's commands, unions of result and refusal (变更)."""
