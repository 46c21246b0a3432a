import type { VersionList } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import frame from '../frame/frame.module.css';

type Registered = VersionList['unanswered'][number];

/** Versions that are named. */
const MOST_NAMED = 20;

/** What a registry calls a version besides. `namesOf({ aliases: ['champion'], stage: null })` → `champion` */
export const namesOf = ({ aliases, stage }: Pick<Registered, 'aliases' | 'stage'>) =>
  [...aliases, ...(stage === null ? [] : [stage])].join(', ');

/** Versions that are registered and have not answered in the range; nothing where there are none. */
export function Unanswered({ versions }: { versions: readonly Registered[] }) {
  if (versions.length === 0) return null;
  return (
    <p className={frame.quiet}>
      Registered in MLflow, without predictions in this range:{' '}
      {versions.slice(0, MOST_NAMED).map(name).join(', ')}
      {versions.length > MOST_NAMED && ` and ${count(versions.length - MOST_NAMED)} more`}.
    </p>
  );
}

function name(version: Registered): string {
  const names = namesOf(version);
  return names === '' ? version.version : `${version.version} (${names})`;
}
