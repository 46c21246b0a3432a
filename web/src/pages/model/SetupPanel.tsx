import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { setupQuery } from '../../api/queries.ts';
import type { Model, Setup, SetupStep } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import { lowered } from '../kinds.ts';
import classes from './model.module.css';

const MARK: Record<SetupStep['state'], { state: State; word: string }> = {
  done: { state: 'ok', word: 'done' },
  waiting: { state: 'not_enough_data', word: 'comes by itself' },
  todo: { state: 'no_data', word: 'to do' },
  wrong: { state: 'warning', word: 'needs a look' },
};

/**
 * What the model still needs, with progress and what each step gives. Gone when all is done. While something that judging
 * needs is missing it is open, afterwards a line; whoever folds or opens it decides for this browser.
 */
export const SetupPanel = memo(function SetupPanel({ model }: { model: Model }) {
  const { data: setup } = useQuery(setupQuery(model.id));
  if (setup === undefined || setup.done === setup.of) return null;
  return <Steps setup={setup} model={model.id} />;
});

function Steps({ setup, model }: { setup: Setup; model: string }) {
  const [chosen, choose] = useLocalStorage<'open' | 'folded' | ''>({
    key: `tiltmeter.setup.${model}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const needed = setup.steps.some((step) => step.needed && step.state !== 'done');
  const open = chosen === '' ? needed : chosen === 'open';
  const next = setup.steps.find(({ state }) => state !== 'done');
  return (
    <section className={classes.setup} aria-label="Set-up">
      <header>
        <h2>Set-up</h2>
        <span className={classes.quiet}>
          {setup.done} of {setup.of} done
        </span>
        {!open && next !== undefined && <span className={classes.next}>{next.sentence}</span>}
        <Button
          variant="subtle"
          size="compact-xs"
          ml="auto"
          aria-expanded={open}
          onClick={() => choose(open ? 'folded' : 'open')}
        >
          {open ? 'Fold' : 'Show'}
        </Button>
      </header>
      {open && (
        <ol>
          {setup.steps.map((step) => (
            <Step key={step.id} step={step} model={model} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ step, model }: { step: SetupStep; model: string }) {
  const { title, state, sentence, gives, progress } = step;
  return (
    <li data-state={state}>
      <span title={MARK[state].word}>
        <StateMark state={MARK[state].state} word={false} />
      </span>
      <strong>{title}</strong>
      <div>
        <p>{sentence}</p>
        {progress !== null && (
          <p className={classes.progress}>
            <meter min={0} max={progress.of} value={progress.done} aria-label={`${title}: progress`} />
            {count(progress.done)} of {count(progress.of)} {progress.unit}
          </p>
        )}
        {gives !== null && <p className={classes.quiet}>Then: {lowered(gives)}.</p>}
      </div>
      <Action step={step} model={model} />
    </li>
  );
}

/** Where the step is taken, for those that are taken in the dashboard. */
function Action({ step: { id, state }, model }: { step: SetupStep; model: string }) {
  if (state === 'done') return null;
  if (id === 'reference') return <Link {...paths.settings('references', { model })}>Add a reference</Link>;
  if (id === 'channel') return <Link {...paths.settings('channels')}>Add a channel</Link>;
  return null;
}
