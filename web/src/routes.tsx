import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import {
  firingQuery,
  fleetQuery,
  incidentQuery,
  incidentsQuery,
  kindsQuery,
  modelQuery,
  rotasQuery,
  sessionQuery,
  setupQuery,
  waitingQuery,
} from './api/queries.ts';
import { Fleet } from './pages/fleet/Fleet.tsx';
import { NotFound, NothingHere } from './pages/shell/NotFound.tsx';
import { PageFailure } from './pages/shell/PageFailure.tsx';
import { Root } from './pages/shell/Root.tsx';
import { Shell } from './pages/shell/Shell.tsx';
import { mayOf } from './pages/useMay.ts';
import { all, one, parseSearch, stringifySearch } from './search.ts';
import type { TimeSearch } from './time/range.ts';

type Raw = Record<string, unknown>;

/** Only what a URL says is kept, so that a link stays short. */
function present<T extends Raw>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

function time(raw: Raw): TimeSearch {
  return present({ preset: one(raw, 'preset'), from: one(raw, 'from'), to: one(raw, 'to') }) as TimeSearch;
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Root });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (raw: Raw): { token?: string; next?: string } =>
    present({ token: one(raw, 'token'), next: one(raw, 'next') }) as { token?: string; next?: string },
  component: lazyRouteComponent(() => import('./pages/login/Login.tsx'), 'Login'),
});

/** Who is not signed in is shown the sign-in, and then what was asked for. */
async function signedIn(of: {
  readonly context: { readonly queries: QueryClient };
  readonly location: { readonly href: string };
}): Promise<void> {
  const { queries } = of.context;
  try {
    await Promise.all([queries.ensureQueryData(sessionQuery), queries.ensureQueryData(kindsQuery)]);
  } catch (error) {
    if ((error as { status?: number }).status !== 401) throw error;
    const next = of.location.href === '/' ? undefined : of.location.href;
    throw redirect({ to: '/login', search: next === undefined ? {} : { next } });
  }
}

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  notFoundComponent: NothingHere,
  beforeLoad: signedIn,
});

/** Pages for a screen that nobody touches: nothing is around them. */
const walls = createRoute({
  getParentRoute: () => root,
  id: 'walls',
  beforeLoad: signedIn,
  errorComponent: lazyRouteComponent(() => import('./pages/wall/WallFailure.tsx'), 'WallFailure'),
});

/** Which models of the fleet are shown. */
const filterOf = (raw: Raw): { q?: string; state?: string; owner?: string; tag?: string } =>
  present({
    q: one(raw, 'q'),
    state: one(raw, 'state'),
    owner: one(raw, 'owner'),
    tag: one(raw, 'tag'),
  }) as object;

const fleet = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (raw: Raw): ReturnType<typeof filterOf> & { sort?: string } =>
    present({ ...filterOf(raw), sort: one(raw, 'sort') }) as object,
  loader({ context: { queries } }) {
    void queries.prefetchQuery(fleetQuery);
    void queries.prefetchQuery(incidentsQuery({ status: 'open' }));
  },
  component: Fleet,
});

/** What a page under a model needs first is asked for while its code comes. */
const askForModel = (queries: QueryClient, model: string) => void queries.prefetchQuery(modelQuery(model));

/** A page under a model whose address says nothing but the time range. */
const underModel = {
  getParentRoute: () => shell,
  validateSearch: time,
  loader: (of: { context: { queries: QueryClient }; params: { model: string } }) =>
    askForModel(of.context.queries, of.params.model),
};

const model = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model',
  validateSearch: (raw: Raw): TimeSearch & { compare?: string; baseline?: string; columns?: string } =>
    present({
      ...time(raw),
      compare: one(raw, 'compare'),
      baseline: one(raw, 'baseline'),
      columns: one(raw, 'columns'),
    }) as TimeSearch,
  loader({ context: { queries }, params: { model } }) {
    askForModel(queries, model);
    // What stands at the top whatever the range is.
    void queries.prefetchQuery(setupQuery(model));
    void queries.prefetchQuery(incidentsQuery({ model, status: 'open' }));
    void queries.prefetchQuery(incidentsQuery({ model, status: 'acknowledged' }));
    void queries.prefetchQuery(firingQuery(model, 'data'));
  },
  component: lazyRouteComponent(() => import('./pages/model/ModelPage.tsx'), 'ModelPage'),
});

const column = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/columns/$column',
  validateSearch: (raw: Raw): TimeSearch & { reference?: string; version?: string } =>
    present({
      ...time(raw),
      reference: one(raw, 'reference'),
      version: one(raw, 'version'),
    }) as TimeSearch,
  loader({ context, params }) {
    askForModel(context.queries, params.model);
    // Its drawing library is on the way while it waits for its data.
    void import('./charts/echarts.ts').catch(() => {});
  },
  component: lazyRouteComponent(() => import('./pages/column/ColumnPage.tsx'), 'ColumnPage'),
});

const predictions = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/predictions',
  validateSearch: (raw: Raw): TimeSearch & { where?: string[]; show?: string[]; sort?: string } =>
    present({
      ...time(raw),
      where: all(raw, 'where'),
      show: all(raw, 'show'),
      sort: one(raw, 'sort'),
    }) as TimeSearch,
  loader: ({ context, params }) => askForModel(context.queries, params.model),
  component: lazyRouteComponent(() => import('./pages/predictions/PredictionsPage.tsx'), 'PredictionsPage'),
});

const quality = createRoute({
  ...underModel,
  path: '/models/$model/quality',
  component: lazyRouteComponent(() => import('./pages/quality/QualityPage.tsx'), 'QualityPage'),
});

const explain = createRoute({
  ...underModel,
  path: '/models/$model/explain',
  component: lazyRouteComponent(() => import('./pages/explain/ExplainPage.tsx'), 'ExplainPage'),
});

const versions = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/versions',
  validateSearch: (raw: Raw): TimeSearch & { version?: string; baseline?: string; metric?: string } =>
    present({
      ...time(raw),
      ...{ version: one(raw, 'version'), baseline: one(raw, 'baseline'), metric: one(raw, 'metric') },
    }) as TimeSearch,
  loader: ({ context, params }) => askForModel(context.queries, params.model),
  component: lazyRouteComponent(() => import('./pages/versions/VersionsPage.tsx'), 'VersionsPage'),
});

const segments = createRoute({
  ...underModel,
  path: '/models/$model/segments',
  component: lazyRouteComponent(() => import('./pages/segments/SegmentsPage.tsx'), 'SegmentsPage'),
});

const stages = createRoute({
  ...underModel,
  path: '/models/$model/stages',
  component: lazyRouteComponent(() => import('./pages/stages/StagesPage.tsx'), 'StagesPage'),
});

const fairness = createRoute({
  ...underModel,
  path: '/models/$model/fairness',
  component: lazyRouteComponent(() => import('./pages/fairness/FairnessPage.tsx'), 'FairnessPage'),
});

const anomalies = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/anomalies',
  validateSearch: (raw: Raw): TimeSearch & { series?: string } =>
    present({ ...time(raw), series: one(raw, 'series') }) as TimeSearch,
  loader: ({ context, params }) => askForModel(context.queries, params.model),
  component: lazyRouteComponent(() => import('./pages/anomalies/AnomaliesPage.tsx'), 'AnomaliesPage'),
});

const review = createRoute({
  ...underModel,
  path: '/models/$model/review',
  component: lazyRouteComponent(() => import('./pages/review/ReviewPage.tsx'), 'ReviewPage'),
});

const prediction = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/predictions/$id',
  validateSearch: time,
  component: lazyRouteComponent(() => import('./pages/predictions/RecordPage.tsx'), 'RecordPage'),
});

const modelSettings = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/settings/$section',
  component: lazyRouteComponent(
    () => import('./pages/model-settings/ModelSettingsPage.tsx'),
    'ModelSettingsPage',
  ),
});

const modelSettingsIndex = createRoute({
  getParentRoute: () => shell,
  path: '/models/$model/settings',
  beforeLoad: ({ params: { model } }) => {
    throw redirect({
      to: '/models/$model/settings/$section',
      params: { model, section: 'general' },
      search: {},
    });
  },
});

const importTable = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  validateSearch: (raw: Raw): { model?: string } => present({ model: one(raw, 'model') }) as object,
  component: lazyRouteComponent(() => import('./pages/upload/ImportPage.tsx'), 'ImportPage'),
});

const incidents = createRoute({
  getParentRoute: () => shell,
  path: '/incidents',
  validateSearch: (raw: Raw): { status?: string; model?: string; priority?: string; sort?: string } =>
    present({
      status: one(raw, 'status'),
      model: one(raw, 'model'),
      priority: one(raw, 'priority'),
      sort: one(raw, 'sort'),
    }) as object,
  component: lazyRouteComponent(() => import('./pages/incident/IncidentsPage.tsx'), 'IncidentsPage'),
});

const incident = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$id',
  loader({ context: { queries }, params: { id } }) {
    void queries.prefetchQuery(incidentQuery(id));
  },
  component: lazyRouteComponent(() => import('./pages/incident/IncidentPage.tsx'), 'IncidentPage'),
});

const lineage = createRoute({
  getParentRoute: () => shell,
  path: '/lineage',
  validateSearch: (raw: Raw): { model?: string } => present({ model: one(raw, 'model') }) as object,
  component: lazyRouteComponent(() => import('./pages/lineage/LineagePage.tsx'), 'LineagePage'),
});

const onCall = createRoute({
  getParentRoute: () => shell,
  path: '/on-call',
  loader({ context: { queries } }) {
    void queries.prefetchQuery(waitingQuery);
    void queries.prefetchQuery(rotasQuery);
  },
  component: lazyRouteComponent(() => import('./pages/on-call/OnCallPage.tsx'), 'OnCallPage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/$tab',
  validateSearch: (raw: Raw): { model?: string } => present({ model: one(raw, 'model') }) as object,
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage'),
});

const settingsIndex = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  beforeLoad: async ({ context }) => {
    const { user } = await context.queries.ensureQueryData(sessionQuery);
    // The first that this reader may see.
    const tab = mayOf(user.role).write ? 'keys' : 'channels';
    throw redirect({ to: '/settings/$tab', params: { tab }, search: {} });
  },
});

const fleetWall = createRoute({
  getParentRoute: () => walls,
  path: '/wall',
  validateSearch: filterOf,
  component: lazyRouteComponent(() => import('./pages/wall/FleetWall.tsx'), 'FleetWall'),
});

const modelWall = createRoute({
  getParentRoute: () => walls,
  path: '/models/$model/wall',
  component: lazyRouteComponent(() => import('./pages/wall/ModelWall.tsx'), 'ModelWall'),
});

const tree = root.addChildren([
  login,
  walls.addChildren([fleetWall, modelWall]),
  shell.addChildren([
    fleet,
    model,
    column,
    quality,
    versions,
    segments,
    stages,
    fairness,
    explain,
    anomalies,
    predictions,
    prediction,
    review,
    modelSettings,
    modelSettingsIndex,
    importTable,
    incidents,
    incident,
    lineage,
    onCall,
    settings,
    settingsIndex,
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageFailure,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The page was opened from the list that is one step back. */
    fromList?: boolean;
  }
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
