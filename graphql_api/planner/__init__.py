"""GraphQL operations compiled to SQL: select, declare, compile, execute (查询编译)."""
