// GraphQL over HTTP, as the audits of the package graphql-http see the server at the given address.
import { serverAudits } from 'graphql-http';

const audits = serverAudits({ url: process.argv[2] });
const results = [];
for (const audit of audits) {
  const result = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status: result.status, reason: result.reason ?? null });
}
process.stdout.write(JSON.stringify(results));
