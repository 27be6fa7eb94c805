// graphql-transport-ws, as the reference client graphql-ws and bare WebSockets see the server.
//
//   node sockets.mjs URL TOKEN
//
// Prints an object with the outcome of every trial.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token] = process.argv.slice(2);
const EVENTS = 'subscription ($after: Position! = 0) { events(after: $after) { position } }';
const FUNCTIONS = '{ functions(first: 1) { totalCount } }';

function client(more = {}) {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    connectionParams: { Authorization: `Bearer ${token}` },
    ...more,
  });
}

/** The results of one operation, and how it ended; `taken` ends it after so many. */
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
      error: (problem) =>
        finish('error', Array.isArray(problem) ? problem : { code: problem.code, reason: problem.reason }),
      complete: () => finish('complete'),
    });
  });
}

/** Sends `messages` one after another over a bare socket, and gives what came until it was closed. */
function speak(messages, { protocol = 'graphql-transport-ws', waitFor = 'connection_ack' } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol);
    const heard = [];
    const rest = [...messages];
    const next = () => rest.length && socket.send(rest.shift());
    socket.on('open', next);
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString());
      heard.push(message.type);
      if (message.type === waitFor || message.type === 'pong') while (rest.length) next();
    });
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString(), heard }));
    socket.on('error', reject);
    setTimeout(() => socket.close(4999, 'enough'), 3000);
  });
}

const init = JSON.stringify({ type: 'connection_init', payload: {} });
const known = JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
const subscribe = (id, query) => JSON.stringify({ id, type: 'subscribe', payload: { query } });

const trials = {
  async query() {
    return run(client(), { query: FUNCTIONS });
  },
  async wrongDocument() {
    return run(client(), { query: '{ nothing }' });
  },
  async syntaxError() {
    return run(client(), { query: '{' });
  },
  async subscription() {
    return run(client(), { query: EVENTS }, 150);
  },
  async twoAtOnce() {
    const one = client();
    const both = await Promise.all([
      run(one, { query: EVENTS, variables: { after: 10 } }, 5),
      run(one, { query: EVENTS, variables: { after: 20 } }, 5),
    ]);
    return both.map(({ results }) => results.map(({ data }) => data.events.position));
  },
  async forbidden() {
    return run(client({ connectionParams: {} }), { query: EVENTS });
  },
  async unknownToken() {
    return run(client({ connectionParams: { Authorization: 'Bearer kexie_no' } }), { query: FUNCTIONS });
  },
  async keepAlive() {
    let pongs = 0;
    let enough;
    const answered = new Promise((resolve) => (enough = resolve));
    const pong = () => (pongs += 1) === 3 && enough();
    const one = client({ keepAlive: 50, lazy: false, on: { pong } });
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 20_000))]);
    await one.dispose();
    return pongs;
  },
  async ping() {
    return speak([JSON.stringify({ type: 'ping' }), known, '{"type":"nothing"}']);
  },
  async notJson() {
    return speak([known, 'not json']);
  },
  async notObject() {
    return speak([known, '5']);
  },
  async unknownType() {
    return speak([known, JSON.stringify({ type: 'start' })]);
  },
  async beforeInit() {
    return speak([subscribe('1', FUNCTIONS)]);
  },
  async tooManyInits() {
    return speak([known, known]);
  },
  async initTimeout() {
    return speak([]);
  },
  async existing() {
    return speak([known, subscribe('1', EVENTS), subscribe('1', EVENTS)]);
  },
  async reused() {
    // An id is free again as soon as the operation is over.
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const heard = [];
    await new Promise((resolve) => socket.on('open', resolve));
    const done = new Promise((resolve) => {
      socket.on('message', (data) => {
        const { type } = JSON.parse(data.toString());
        heard.push(type);
        if (type === 'connection_ack' || (type === 'complete' && heard.length < 5)) {
          socket.send(subscribe('1', FUNCTIONS));
        } else if (type === 'complete') resolve();
      });
    });
    socket.send(init);
    await done;
    socket.close();
    return heard;
  },
  async completed() {
    // What the client has completed sends nothing more.
    const socket = new WebSocket(url, 'graphql-transport-ws');
    let late = 0;
    let over = false;
    await new Promise((resolve) => socket.on('open', resolve));
    const pong = new Promise((resolve) => {
      let received = 0;
      socket.on('message', (data) => {
        const { type } = JSON.parse(data.toString());
        if (type === 'connection_ack') socket.send(subscribe('1', EVENTS));
        if (type === 'next') {
          received += 1;
          if (over) late += 1;
          if (received === 1) {
            socket.send(JSON.stringify({ id: '1', type: 'complete' }));
            socket.send(JSON.stringify({ type: 'ping' }));
          }
        }
        if (type === 'pong') {
          over = true;
          setTimeout(resolve, 300);
        }
      });
    });
    socket.send(known);
    await pong;
    socket.close();
    return late;
  },
  async oldProtocol() {
    return speak([init], { protocol: 'graphql-ws' }).catch((error) => ({ error: error.message }));
  },
};

const found = {};
await Promise.all(
  Object.entries(trials).map(async ([name, trial]) => {
    found[name] = await trial();
  }),
);
process.stdout.write(JSON.stringify(found), () => process.exit(0));
