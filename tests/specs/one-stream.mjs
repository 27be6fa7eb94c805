// Server-sent events, as the reference client graphql-sse sees the server: one connection for all operations.
//
//   node one-stream.mjs URL TOKEN
import { createClient } from 'graphql-sse';

const [url, token] = process.argv.slice(2);
const EVENTS = 'subscription ($after: Position! = 0) { events(after: $after) { position } }';
const FUNCTIONS = '{ functions(first: 1) { totalCount } }';
const COMMAND = `
  mutation ($input: DefineFunctionInput!) {
    defineFunction(input: $input) { ... on FunctionRecorded { position function { name } } }
  }
`;

/** A client of one connection, and what it sent: a method and a status each. */
function client(more = {}) {
  const sent = [];
  async function fetchFn(address, given) {
    const response = await fetch(address, given);
    sent.push(`${given.method} ${response.status}`);
    return response;
  }
  // A function, so that the client does not keep the token of an earlier connection among the headers.
  const headers = () => ({ Authorization: `Bearer ${token}` });
  const made = createClient({ url, singleConnection: true, retryAttempts: 0, headers, fetchFn, ...more });
  return { made, sent };
}

function run({ made }, payload, taken = Infinity) {
  return new Promise((resolve) => {
    const results = [];
    let dispose = () => {};
    const finish = (ending, problem = null) => {
      const status = problem?.response?.status ?? null;
      resolve({ results: [...results], ending, problem: problem && String(problem), status });
      dispose();
    };
    dispose = made.subscribe(payload, {
      next: (result) => {
        results.push(result);
        if (results.length >= taken) finish('left');
      },
      error: (problem) => finish('error', problem),
      complete: () => finish('complete'),
    });
  });
}

async function alone(payload, taken, more) {
  const on = client(more);
  return { ...(await run(on, payload, taken)), sent: on.sent };
}

/** Wait until a client has sent so much, such as what tells the server that nobody listens any more. */
async function settled({ sent }, count) {
  while (sent.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
}

const command = () => ({
  commandId: crypto.randomUUID(),
  effectiveOn: '2020-01-01',
  function: crypto.randomUUID(),
  name: '某职能',
});

const trials = {
  query: () => alone({ query: FUNCTIONS }),
  command: () => alone({ query: COMMAND, variables: { input: command() } }),
  wrongDocument: () => alone({ query: '{ nothing }' }),
  wrongVariables: () => alone({ query: EVENTS, variables: { after: 'x' } }),
  forbidden: () => alone({ query: EVENTS }, Infinity, { headers: {} }),
  subscription: () => alone({ query: EVENTS }, 150),
  resumed: () => alone({ query: EVENTS, variables: { after: 40 } }, 3),
  together: async () => {
    const on = client({ lazy: false });
    const found = await Promise.all([
      run(on, { query: EVENTS }, 120),
      run(on, { query: FUNCTIONS }),
      run(on, { query: EVENTS, variables: { after: 10 } }, 70),
      run(on, { query: COMMAND, variables: { input: command() } }),
      run(on, { query: FUNCTIONS }),
    ]);
    await settled(on, 9);
    // Two were left; the stream goes on for whoever comes next.
    const later = await run(on, { query: EVENTS, variables: { after: 20 } }, 5);
    await settled(on, 11);
    on.made.dispose();
    return { found, later, sent: on.sent };
  },
  again: async () => {
    // Without operations a lazy client hangs up, and reserves anew for the next one.
    const on = client();
    const first = await run(on, { query: FUNCTIONS });
    const second = await run(on, { query: FUNCTIONS });
    return { found: [first, second], sent: on.sent };
  },
  iterated: async () => {
    const positions = [];
    for await (const { data } of client().made.iterate({ query: EVENTS })) {
      positions.push(data.events.position);
      if (positions.length === 5) break;
    }
    return positions;
  },
};

const found = {};
await Promise.all(
  Object.entries(trials).map(async ([name, trial]) => {
    found[name] = await trial();
  }),
);
process.stdout.write(JSON.stringify(found), () => process.exit(0));
