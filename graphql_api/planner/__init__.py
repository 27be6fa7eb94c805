"""GraphQL operations compiled to SQL (查询编译).

A compiler, whose stages are a file each:

======== ==================================== ===========================================================
parse    :mod:`graphql_api.limits`            the document, within its limits
validate :mod:`graphql_api.documents`         against the schema, and remembered by its text
cost     :mod:`graphql_api.planner.cost`      what it costs whom; an estimate that compiling keeps to
compile  :mod:`graphql_api.planner.compiler`  fields to expressions, values to parameters or gaps
execute  :mod:`graphql_api.reader`            one statement, one snapshot
project  :mod:`graphql_api.execution`         the statement's text is the answer, or graphql-core completes it
======== ==================================== ===========================================================

:mod:`~graphql_api.planner.plans` keeps what was compiled, :mod:`~graphql_api.planner.given` says what a kept
plan does not know, :mod:`~graphql_api.planner.operation` puts the root fields together, and
:mod:`~graphql_api.planner.selection` reads what is asked. The other files compile fields of their own.
"""
