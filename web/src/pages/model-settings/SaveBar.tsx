import { Button } from '@mantine/core';
import { duration, plural } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './model-settings.module.css';
import type { Draft } from './useDraft.ts';

/** What is not saved yet, what saving it does, and that it is saved. */
export function SaveBar({ draft: { n, wrong, effects, save, draft, discard } }: { draft: Draft }) {
  if (n === 0)
    return save.isSuccess ? (
      <p className={classes.saved} role="status">
        <StateMark state="ok" label="Saved" word={false} /> Saved
      </p>
    ) : null;
  const told = wrong.size === 0 ? (effects.data?.items ?? []) : [];
  return (
    <section className={classes.saveBar} aria-label="Changes that are not saved">
      <div className={classes.effects}>
        <strong>{plural(n, 'change')} not saved</strong>
        {told.length > 0 && (
          <ul>
            {told.map(({ field, sentence, seconds }) => (
              <li key={`${field} ${sentence}`}>
                {sentence}
                {seconds === null ? '.' : `: about ${duration(seconds * 1000)}.`}
              </li>
            ))}
          </ul>
        )}
        {effects.isError && wrong.size === 0 && (
          <Failure what="This cannot be saved:" error={effects.error} />
        )}
        {save.isError && <Failure what="Nothing was saved:" error={save.error} />}
      </div>
      <div className={classes.saveButtons}>
        <Button variant="default" onClick={discard} disabled={save.isPending}>
          Discard
        </Button>
        <Button
          onClick={() => save.mutate(draft)}
          disabled={save.isPending || wrong.size > 0 || effects.isError}
        >
          Save
        </Button>
      </div>
    </section>
  );
}
