// Server-sent events, as the reference client graphql-sse sees the server: distinct connections.
//
//   node event-streams.mjs URL TOKEN
import { createClient } from 'graphql-sse';

const [url, token] = process.argv.slice(2);
const EVENTS = 'subscription ($after: Position! = 0) { events(after: $after) { position } }';
const FUNCTIONS = '{ functions(first: 1) { totalCount } }';

function client(more = {}) {
  return createClient({ url, retryAttempts: 0, headers: { Authorization: `Bearer ${token}` }, ...more });
}

function run(on, payload, taken = Infinity) {
  return new Promise((resolve) => {
    const results = [];
    let dispose = () => {};
    const finish = (ending, problem = null) => {
      resolve({ results: [...results], ending, problem });
      dispose();
    };
    dispose = on.subscribe(payload, {
      next: (result) => {
        results.push(result);
        if (results.length >= taken) finish('left');
      },
      error: (problem) => finish('error', String(problem)),
      complete: () => finish('complete'),
    });
  });
}

/** What is sent, byte for byte, until the stream ends or `until` appears in it. */
async function raw(body, { method = 'POST', address = url, until = 'event: complete', ...headers } = {}) {
  const aborter = new AbortController();
  const response = await fetch(address, {
    method,
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: body === null ? undefined : JSON.stringify(body),
    signal: aborter.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body) {
    text += decoder.decode(piece, { stream: true });
    if (text.includes(until)) break;
  }
  aborter.abort();
  return { status: response.status, type: response.headers.get('content-type'), text };
}

const trials = {
  query: () => run(client(), { query: FUNCTIONS }),
  wrongDocument: () => run(client(), { query: '{ nothing }' }),
  subscription: () => run(client(), { query: EVENTS }, 150),
  resumed: () => run(client(), { query: EVENTS, variables: { after: 40 } }, 3),
  forbidden: () => run(client({ headers: {} }), { query: EVENTS }),
  iterated: async () => {
    const positions = [];
    for await (const { data } of client().iterate({ query: EVENTS })) {
      positions.push(data.events.position);
      if (positions.length === 5) break;
    }
    return positions;
  },
  byPost: () => raw({ query: FUNCTIONS }),
  byGet: () => raw(null, { method: 'GET', address: `${url}?query=${encodeURIComponent(FUNCTIONS)}` }),
  commandByGet: () =>
    raw(null, { method: 'GET', address: `${url}?query=${encodeURIComponent('mutation { __typename }')}` }),
  notJson: () => raw('text', { until: '}' }),
};

const found = {};
await Promise.all(
  Object.entries(trials).map(async ([name, trial]) => {
    found[name] = await trial();
  }),
);
process.stdout.write(JSON.stringify(found), () => process.exit(0));
