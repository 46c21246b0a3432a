import type { ActionRun } from '../../api/types.ts';
import { isAddress } from '../../ui/address.ts';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './actions.module.css';
import { askedOf, OUTCOME_MARK, RUN_STATE } from './run-words.ts';

/** How it is doing, and what is to be known of that: who is asked, who decided, the next try, where it is to be seen. */
export function RunState({ run }: { run: ActionRun }) {
  const { mark, word } = RUN_STATE[run.state];
  return (
    <div className={classes.state}>
      <span className={classes.mark}>
        <StateMark state={mark} label={word} word={false} /> {word}
        {run.begun_at !== null && (
          <>
            {' '}
            <Moment at={run.begun_at} />
          </>
        )}
      </span>
      {run.state === 'asked' && (
        <small>
          of {askedOf(run)}
          {run.expires_at !== null && (
            <>
              , until <Moment at={run.expires_at} />
            </>
          )}
        </small>
      )}
      {run.decided_by !== null && (
        <small>
          {run.state === 'refused' ? 'refused' : 'approved'} by {run.decided_by}
          {run.comment !== null && `: ${run.comment}`}
        </small>
      )}
      {run.decided_by === null && run.comment !== null && <small>{run.comment}</small>}
      {run.state === 'unclear' && (
        <small>It was sent and no answer came. Look there before you ask for it again.</small>
      )}
      {run.next_at !== null && run.tries.length > 0 && (
        <small>
          next try <Moment at={run.next_at} />
        </small>
      )}
      {(run.reference !== null || run.url !== null) && <Seen run={run} />}
    </div>
  );
}

/** What the other side calls it. */
function Seen({ run: { reference, url } }: { run: ActionRun }) {
  const name = reference ?? 'where it runs';
  const link = url !== null && isAddress(url);
  return (
    <small>
      {link ? (
        <a href={url} rel="noreferrer">
          {name}
        </a>
      ) : (
        name
      )}
    </small>
  );
}

/** What came of it: the version after, held against the one before. */
export function Outcome({ outcome }: Pick<ActionRun, 'outcome'>) {
  if (outcome === null) return null;
  return (
    <div className={classes.state}>
      <span className={classes.mark}>
        <StateMark
          state={OUTCOME_MARK[outcome.verdict]}
          label={outcome.verdict.replaceAll('_', ' ')}
          word={false}
        />{' '}
        {outcome.verdict.replaceAll('_', ' ')}
      </span>
      <small>{outcome.sentence}</small>
    </div>
  );
}

/** Every try: when, how long it took, what was answered. */
export function Tries({ tries }: Pick<ActionRun, 'tries'>) {
  if (tries.length === 0) return null;
  return (
    <details className={classes.tries}>
      <summary>{tries.length === 1 ? '1 try' : `${tries.length} tries`}</summary>
      <ol>
        {tries.map(({ at, took_ms, said }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tries are only added, at the end
          <li key={i}>
            <Moment at={at} />, {took_ms.toLocaleString('en')} ms: {said}
          </li>
        ))}
      </ol>
    </details>
  );
}
