import { linkOptions } from '@tanstack/react-router';
import { comparisonWith } from './pages/model/compare.ts';
import { type Range, rangeSearch, type TimeSearch } from './time/range.ts';

/** Time as a link carries it: what the URL says, or a range. */
type Time = TimeSearch | Range | undefined;

function timeOf(time: Time): TimeSearch {
  if (time === undefined) return {};
  return typeof time.from === 'number' ? rangeSearch(time as Range) : (time as TimeSearch);
}

/** Which models of the fleet are shown. */
interface FleetSearch {
  q?: string;
  state?: string;
  owner?: string;
  tag?: string;
}

export type SettingsTab =
  | 'keys'
  | 'people'
  | 'channels'
  | 'links'
  | 'actions'
  | 'monitors'
  | 'references'
  | 'rejects'
  | 'privacy'
  | 'storage'
  | 'scraping'
  | 'drills'
  | 'sessions'
  | 'audit';

export type ModelSection = 'general' | 'columns' | 'monitors' | 'references' | 'privacy' | 'remove';

/** The one place that makes addresses of the dashboard. Spread into a `<Link>` or `navigate`. */
export const paths = {
  fleet: (search: FleetSearch = {}) => linkOptions({ to: '/', search }),
  /** The fleet, or one model, for a screen that nobody touches. */
  fleetWall: (search: FleetSearch = {}) => linkOptions({ to: '/wall', search }),
  modelWall: (model: string) => linkOptions({ to: '/models/$model/wall', params: { model } }),
  login: (search: { token?: string; next?: string } = {}) => linkOptions({ to: '/login', search }),
  model: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model', params: { model }, search: timeOf(time) }),
  /** A version of a model beside another one. */
  version: (model: string, version: string, time?: Time) =>
    linkOptions({
      to: '/models/$model',
      params: { model },
      search: { ...timeOf(time), compare: comparisonWith(version) },
    }),
  column: (model: string, column: string, time?: Time, reference?: string) =>
    linkOptions({
      to: '/models/$model/columns/$column',
      params: { model, column },
      search: { ...timeOf(time), ...(reference === undefined ? {} : { reference }) },
    }),
  predictions: (model: string, time?: Time, where?: readonly string[]) =>
    linkOptions({
      to: '/models/$model/predictions',
      params: { model },
      search: { ...timeOf(time), ...(where === undefined ? {} : { where: [...where] }) },
    }),
  quality: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/quality', params: { model }, search: timeOf(time) }),
  explain: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/explain', params: { model }, search: timeOf(time) }),
  versions: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/versions', params: { model }, search: timeOf(time) }),
  segments: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/segments', params: { model }, search: timeOf(time) }),
  /** What the pipeline of a model says of itself. */
  stages: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/stages', params: { model }, search: timeOf(time) }),
  review: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/review', params: { model }, search: timeOf(time) }),
  /** What was unusual in a signal; in the traffic when none is named. */
  anomalies: (model: string, time?: Time, series?: string) =>
    linkOptions({
      to: '/models/$model/anomalies',
      params: { model },
      search: { ...timeOf(time), ...(series === undefined ? {} : { series }) },
    }),
  /** What depends on what; around a model when one is named. */
  lineage: (model?: string) => linkOptions({ to: '/lineage', search: model === undefined ? {} : { model } }),
  fairness: (model: string, time?: Time) =>
    linkOptions({ to: '/models/$model/fairness', params: { model }, search: timeOf(time) }),
  prediction: (model: string, id: string) =>
    linkOptions({ to: '/models/$model/predictions/$id', params: { model, id }, search: {} }),
  modelSettings: (model: string, section: ModelSection = 'general') =>
    linkOptions({ to: '/models/$model/settings/$section', params: { model, section }, search: {} }),
  importTable: (model?: string) =>
    linkOptions({ to: '/import', search: model === undefined ? {} : { model } }),
  incidents: (search: { status?: string; model?: string; priority?: string } = {}) =>
    linkOptions({ to: '/incidents', search }),
  onCall: () => linkOptions({ to: '/on-call' }),
  incident: (id: string) => linkOptions({ to: '/incidents/$id', params: { id }, search: {} }),
  settings: (tab: SettingsTab, search: { model?: string } = {}) =>
    linkOptions({ to: '/settings/$tab', params: { tab }, search }),
};
