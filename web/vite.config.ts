import { defineConfig } from 'vite';

/** The server forwards nothing to Vite; only `npm run dev` needs to know where the API is. */
const api = { target: 'http://127.0.0.1:8000', ws: true };

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsDir: 'assets',
    // The content security policy allows no `data:` fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    // Monaco, the console's editor, is one chunk of about 3.5 MB; the clerk's page never loads it.
    chunkSizeWarningLimit: 4500,
    rollupOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      onwarn: (warning, warn) => {
        // Libraries mark files 'use client' for server rendering, which is not done here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': api, '/signin': api, '/signout': api } },
});
