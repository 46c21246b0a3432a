import type { IncidentDetail } from '../../contract/incident.ts';
import { HOUR } from '../demo/story.ts';
import type { Replayed } from './replayed.ts';
import type { Scenario } from './scenario.ts';

/** What became of one scenario. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly columns: readonly string[];
  /** Whether an incident opened in the fault. */
  readonly found: boolean;
  /** Buckets from the onset to the one that decided it, and to the first that could have (see decidable/); null: none in the replay. */
  readonly delay: number | null;
  readonly decidable: number | null;
  /** Incidents that began in the fault, and those that opened before it. */
  readonly incidents: number;
  readonly falseIncidents: number;
  /** What opened before it: each incident's title, and what its timeline says of its opening. */
  readonly before?: readonly string[];
  /** What the server told of itself meanwhile under the name of this model, as when it could not keep up: neither a fault nor a false alarm of a monitor. */
  readonly ofItself: readonly string[];
  /** What people were sent about the fault. */
  readonly notifications: number;
  /** The same one by one, the first incident first. */
  readonly told: readonly string[];
  /** The named causes, the likeliest first. */
  readonly causes: readonly {
    readonly kind: string;
    readonly columns: readonly string[];
    readonly confidence: number;
    readonly sentence: string;
  }[];
  /** Place of the right cause, 1 the first; null when it is not named. */
  readonly place: number | null;
  readonly title: string;
  readonly alerts: readonly string[];
}

const TOLD = ['opened', 'reopened', 'resolved'];

/** What a channel that is told of everything gets a message of: of raises that to P1 alone. */
const isTold = ({ kind, text }: IncidentDetail['timeline'][number]) =>
  TOLD.includes(kind) || (kind === 'priority_raised' && text.endsWith('P1'));

/** Compares what was planted with what was told. Pure. */
export function scoreOf(
  { scenario, planted, onset }: Replayed,
  all: readonly IncidentDetail[],
  decidable: number | null,
): Outcome {
  const incidents = all.filter((incident) => !isOfItself(incident));
  const decided = (incident: IncidentDetail) => decidedAt(incident) ?? Date.parse(incident.started_at);
  const early = incidents.filter((incident) => scenario.fault === null || decided(incident) < onset);
  const own = incidents
    .filter((incident) => !early.includes(incident))
    .sort((a, b) => decided(a) - decided(b));
  const first = own[0];
  const causes = (first?.causes ?? []).map(({ kind, column, columns, confidence, sentence }) => ({
    ...{ kind, confidence, sentence, columns: columns ?? (column === '' ? [] : [column]) },
  }));
  const told = own.flatMap(({ timeline }) =>
    timeline.filter(isTold).map(({ kind, text }) => `${kind} ${text}`),
  );
  const place = causes.findIndex(({ kind }) => kind === scenario.fault?.kind);
  return {
    ...{ scenario, columns: planted?.columns ?? [], found: first !== undefined, causes },
    delay: first === undefined ? null : Math.round((decided(first) - onset) / HOUR) + 1,
    ...{ decidable, incidents: own.length, falseIncidents: early.length },
    before: early.map((incident) => `${incident.title} (${openingOf(incident)})`),
    ...{ notifications: told.length, told, ofItself: all.filter(isOfItself).map(({ title }) => title) },
    place: place < 0 ? null : place + 1,
    title: first?.title ?? '',
    alerts: first?.alerts.map(({ kind, column }) => (column === '' ? kind : `${kind} ${column}`)) ?? [],
  };
}

/** What no monitor told. */
const isOfItself = ({ alerts, withdrawn }: IncidentDetail) => alerts.length === 0 && !withdrawn;

/** Event time of the bucket that opened an incident, as its timeline tells it. */
function decidedAt(incident: IncidentDetail): number | null {
  const time = Date.parse(openingOf(incident).split(' · ').at(-1) ?? '');
  return Number.isNaN(time) ? null : time;
}

const openingOf = ({ timeline }: IncidentDetail) =>
  timeline.find(({ kind }) => kind === 'opened')?.text ?? '';
