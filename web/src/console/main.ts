/** The GraphQL console: GraphiQL served from this registry alone, for partners and developers. */
import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { currentToken } from '../registry/token';
import example from './example.graphql?raw';
import './workers';
// GraphiQL's own bundle of styles carries fonts as data: addresses, which the policy refuses.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './console.css';

/** Adds the page's token unless the header editor already names another. */
const fetchWithToken: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  const token = currentToken();
  if (token !== null && !headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  return fetch(input, { ...init, headers });
};

/** Built per request, so that a sign-in in between counts for subscriptions too. */
const fetcher: Fetcher = (parameters, options) => {
  const token = currentToken();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const send = createGraphiQLFetcher({
    url: '/graphql',
    subscriptionUrl: `${scheme}://${location.host}/graphql`,
    wsConnectionParams: token === null ? {} : { Authorization: `Bearer ${token}` },
    fetch: fetchWithToken,
    enableIncrementalDelivery: false,
  });
  return send(parameters, options);
};

const host = document.getElementById('graphiql');
if (host === null) throw new Error('graphiql.html has no #graphiql');
createRoot(host).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      // Nothing that is typed here outlives the tab, headers least of all.
      storage: sessionStorage,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
      isHeadersEditorEnabled: true,
      defaultEditorToolsVisibility: 'headers',
      defaultTabs: [{ query: example }],
    },
    createElement(GraphiQL.Logo, null, createElement('a', { href: '/' }, '科协组织登记簿')),
  ),
);
