import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { statusQuery } from '../../api/queries.ts';
import type { ShownTrouble } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Ago } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './fleet.module.css';

/** Troubles that are listed; a store that is away makes one of every model. */
const SHOWN = 4;

/** Is Tiltmeter itself as it should be? Nothing is shown when it is: then silence means that all is well. */
export function Troubles() {
  const { data } = useQuery(statusQuery);
  const troubles = data?.troubles ?? [];
  if (troubles.length === 0) return null;
  return (
    <section className={classes.troubles} aria-label="Tiltmeter itself" role="alert">
      <ul>
        {troubles.slice(0, SHOWN).map((trouble) => (
          <li key={trouble.sentence} className={classes.troubleRow}>
            <StateMark
              state={trouble.kind === 'rejects' ? 'warning' : 'failing'}
              label="Tiltmeter"
              word={false}
            />
            <span>
              <strong>{trouble.sentence}</strong> <span className={classes.hint}>{trouble.hint}</span>{' '}
              <Where trouble={trouble} />
            </span>
            <Ago at={trouble.since} />
          </li>
        ))}
      </ul>
      {troubles.length > SHOWN && <p>and {troubles.length - SHOWN} more like these</p>}
    </section>
  );
}

function Where({ trouble: { kind, model } }: { trouble: ShownTrouble }) {
  if (model !== null) return <Link {...paths.model(model)}>Model</Link>;
  if (kind === 'delivery' || kind === 'digest') return <Link {...paths.settings('channels')}>Channels</Link>;
  if (kind === 'rejects') return <Link {...paths.settings('rejects')}>Rejected events</Link>;
  return kind === 'disk' ? <Link {...paths.settings('storage')}>Storage</Link> : null;
}
