import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { similarQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { words } from '../metric.ts';
import classes from './incident.module.css';

/** Past incidents that were like this one: what they were, and what people said helped. */
export function Similar({ id }: { id: string }) {
  const similar = useQuery(similarQuery(id));
  return (
    <Loaded of={similar} what="Similar incidents could not be read:" height={60}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={classes.quiet}>
            None is known. What you find and write here will be told the next time.
          </p>
        ) : (
          <ol className={classes.timeline}>
            {items.map((each) => (
              <li key={each.id} className={classes.event}>
                <Moment at={each.opened_at} />
                <span>
                  <Link {...paths.incident(each.id)}>{each.title}</Link>
                </span>
                <small>
                  {each.because.join('; ')}
                  {each.verdict !== null && `; verdict: ${words(each.verdict)}`}
                  {each.found && each.cause !== null && `; found: ${words(each.cause)}`}
                </small>
                {each.helped !== null && (
                  <span>
                    “{each.helped.text}” <small>{each.helped.by}</small>
                  </span>
                )}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
