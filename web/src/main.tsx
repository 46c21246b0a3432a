import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './theme/controls.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client.ts';
import { kindsQuery, sessionQuery } from './api/queries.ts';
import { makeRouter } from './routes.tsx';
import { resolver, schemeManager, theme } from './theme/mantine.ts';

/** Asked to learn whether somebody is signed in. */
const BEFORE_SIGN_IN: unknown[] = [sessionQuery.queryKey[0], kindsQuery.queryKey[0]];

/** A session that ended anywhere ends everywhere: the router asks again and shows the sign-in. */
const queries = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (!(error instanceof ApiError) || error.status !== 401) return;
      if (BEFORE_SIGN_IN.includes(query.queryKey[0])) return;
      queries.removeQueries({ queryKey: sessionQuery.queryKey });
      void router.invalidate();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server says about the request will not change by asking again; silence may.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: true,
    },
  },
});

const router = makeRouter(queries);

// The code of the page comes while it is asked who looks at it.
for (const { routeId } of router.matchRoutes(router.latestLocation))
  void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])?.catch(() => {});

// Until there is a page the frame that index.html draws stays.
await router.load();
const root = createRoot(document.getElementById('root')!);
// In small pieces, so that the browser can answer in between.
startTransition(() =>
  root.render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolver}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  ),
);
