// PostGraphile in its production settings on a free port of the loopback; prints the port when it serves.
"use strict";

const http = require("node:http");
const { postgraphile } = require("postgraphile");

const middleware = postgraphile(
  { connectionString: process.env.PEER_URL, max: Number(process.env.PEER_READERS) },
  process.env.PEER_SCHEMA,
  {
    graphiql: false,
    watchPg: false,
    disableDefaultMutations: true,
    simpleCollections: "only",
    setofFunctionsContainNulls: false,
    ignoreRBAC: true,
    ignoreIndexes: true,
    legacyRelations: "omit",
    dynamicJson: true,
    disableQueryLog: true,
    queryCacheMaxSize: 50 * 2 ** 20,
  },
);

const server = http.createServer(middleware);
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("SIGTERM", () => process.exit(0));
