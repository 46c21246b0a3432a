import type { TestApp } from '../app.ts';

/** A page of the dashboard, under the name of its picture. */
export interface DashboardPage {
  readonly name: string;
  readonly path: string;
}

/** How wide screens are: a phone, a tablet, a small and a usual laptop, a large screen. */
export const SIZES = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
] as const;

const SETTINGS = [
  'keys',
  'people',
  'channels',
  'links',
  'actions',
  'monitors',
  'references',
  'rejects',
  'privacy',
  'storage',
  'scraping',
  'drills',
  'sessions',
  'audit',
];

const MODEL_SETTINGS = ['general', 'columns', 'monitors', 'references', 'privacy', 'remove'];

/** Every page, for a model that the server has, its worst incident and its newest prediction. */
export async function everyPage({ json }: Pick<TestApp, 'json'>, model: string): Promise<DashboardPage[]> {
  const at = `/models/${model}`;
  const [known, incidents, predictions, columns] = await Promise.all([
    json('GET', `/api/v1${at}`),
    json('GET', `/api/v1/incidents?model=${model}`),
    json('GET', `/api/v1${at}/predictions?limit=1`),
    json('GET', `/api/v1${at}/columns`),
  ]);
  const { versions, task } = known.body as { versions: string[]; task: string };
  const worst = [...incidents.body.items].sort((a, b) => a.priority.localeCompare(b.priority))[0];
  const features = columns.body.items.filter(({ name }: { name: string }) => !name.startsWith('_'));
  const numeric = features.find(({ type }: { type: string }) => type === 'numeric') ?? features[0];
  const category = features.find(({ type }: { type: string }) => type !== 'numeric');
  return [
    { name: 'fleet', path: '/' },
    { name: 'wall', path: '/wall' },
    { name: 'model-wall', path: `${at}/wall` },
    { name: 'model', path: `${at}?preset=all` },
    { name: 'model-compared', path: `${at}?preset=7d&compare=previous` },
    ...(versions.length < 2
      ? []
      : [{ name: 'model-versions', path: `${at}?preset=all&compare=version:${versions[0]}` }]),
    { name: 'segments', path: `${at}/segments?preset=all` },
    { name: 'anomalies', path: `${at}/anomalies?preset=all` },
    { name: 'stages', path: `${at}/stages?preset=all` },
    { name: 'fairness', path: `${at}/fairness?preset=all` },
    { name: 'column', path: `${at}/columns/${encodeURIComponent(numeric.name)}?preset=all` },
    ...(category === undefined
      ? []
      : [
          {
            name: 'column-categories',
            path: `${at}/columns/${encodeURIComponent(category.name)}?preset=all`,
          },
        ]),
    { name: 'quality', path: `${at}/quality?preset=all` },
    { name: 'explain', path: `${at}/explain?preset=all` },
    { name: 'versions', path: `${at}/versions?preset=all` },
    {
      name: 'predictions',
      path: `${at}/predictions?preset=all&where=${task === 'regression' ? '_absolute_error:gt:0' : '_correct:eq:false'}`,
    },
    { name: 'prediction', path: `${at}/predictions/${encodeURIComponent(predictions.body.items[0].id)}` },
    { name: 'review', path: `${at}/review` },
    { name: 'import', path: `/import?model=${model}` },
    { name: 'lineage', path: '/lineage' },
    { name: 'incidents', path: '/incidents' },
    ...(worst === undefined ? [] : [{ name: 'incident', path: `/incidents/${worst.id}` }]),
    ...SETTINGS.map((tab) => ({ name: `settings-${tab}`, path: `/settings/${tab}?model=${model}` })),
    ...MODEL_SETTINGS.map((section) => ({
      name: `model-settings-${section}`,
      path: `${at}/settings/${section}`,
    })),
    { name: 'sign-in', path: '/login' },
    { name: 'api', path: '/docs' },
    { name: 'not-found', path: '/nothing/here' },
  ];
}
