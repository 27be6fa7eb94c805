// What clients of the released schema would find broken by the present one, as GraphQL Inspector sees it.
//
//   node differences.mjs RELEASED PRESENT     prints [{ path, type, message }, …]
//   node differences.mjs --release PRESENT    prints PRESENT as it is kept: without descriptions
import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, parse, print, visit } from 'graphql';

const [released, present] = process.argv.slice(2);
const text = readFileSync(present, 'utf8');

if (released === '--release') {
  const plain = visit(parse(text), { enter: (node) => (node.description ? { ...node, description: undefined } : undefined) });
  process.stdout.write(JSON.stringify(`${print(plain)}\n`));
} else {
  const changes = await diff(buildSchema(readFileSync(released, 'utf8')), buildSchema(text));
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  process.stdout.write(JSON.stringify(breaking.map(({ path, type, message }) => ({ path, type, message }))));
}
