import { useQuery } from '@tanstack/react-query';
import { channelsQuery, escalationsQuery, rotasQuery } from '../../api/queries.ts';
import type { Escalation } from '../../api/types.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { onlySentence } from '../settings/channels/only.ts';
import classes from './on-call.module.css';

type Target = Escalation['steps'][number]['to'][number];

/** Each escalation as sentences: of what, after how long, whom; and what is wrong with it. */
export function Escalations() {
  const escalations = useQuery(escalationsQuery);
  const channels = useQuery(channelsQuery);
  const rotas = useQuery(rotasQuery);
  const nameOf = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((each) => each.id === id)?.name ?? id;
  const whom = (target: Target): string => {
    if ('channel' in target) return nameOf(channels.data?.items, target.channel);
    if ('rota' in target) return `whoever is on call in ${nameOf(rotas.data?.items, target.rota)}`;
    if ('owners' in target) return 'the owners';
    return `all of ${nameOf(escalations.data?.items, target.escalation)}`;
  };
  return (
    <Loaded of={escalations} what="The escalations could not be read:" height={60}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="Nobody is told further.">
            What nobody acknowledges stays where it is: POST /api/v1/escalations says who is told then.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {items.map(({ id, name, only, steps, troubles }) => (
              <li key={id}>
                <b>{name}</b> ({onlySentence(only, (model) => model) || 'every incident'})
                <ol className={classes.steps}>
                  {steps.map(({ after_minutes, to }, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
                    <li key={i}>
                      after {i > 0 && 'further '}
                      {after_minutes} min: {to.map(whom).join(', ')}
                    </li>
                  ))}
                </ol>
                {troubles.map((trouble) => (
                  <p key={trouble} className={classes.trouble}>
                    <StateMark state="warning" label="trouble" word={false} /> {trouble}.
                  </p>
                ))}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
