import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PredictionDetail, ReviewItem, ReviewQueue } from '../../api/types.ts';
import { digits } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Fact, Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { labelText, valueText } from '../predictions/values.ts';
import { type Deed, typedAnswer } from './keys.ts';
import classes from './review.module.css';
import { REASON_NAME, whyOf } from './words.ts';

interface Props {
  readonly item: ReviewItem;
  /** Null where it is not stored any more. */
  readonly record: PredictionDetail | null;
  readonly answer: ReviewQueue['answer'];
  /** What was done with it here. */
  readonly said: string | undefined;
  readonly busy: boolean;
  readonly may: boolean;
  readonly act: (deed: Deed) => void;
}

/** Why a prediction is here, what the model said, and what the truth is. */
export function AnswerPanel({ item, record, answer, said, busy, may, act }: Props) {
  const others = item.turns.filter(({ state }) => state === 'answered').length;
  return (
    <Panel title="Prediction" note={REASON_NAME[item.reason]}>
      <p>{whyOf(item)}</p>
      <p className={classes.answer}>
        The model answered <b>{valueText(record?.prediction ?? item.stratum)}</b>
        {record !== null && record.score !== null && <> score {digits(record.score)}</>}
      </p>
      <Facts>
        <Fact name="Made">
          <Moment at={item.time} />
        </Fact>
        <Fact name="Label so far">
          {record?.label == null
            ? 'none'
            : `${labelText(record.label)}${record.label.human ? ', by a person' : ''}`}
        </Fact>
        {item.reviewers_wanted > 1 && (
          <Fact name="Answers">
            {others} of {item.reviewers_wanted}
          </Fact>
        )}
        <Fact name="Id">
          <Link {...paths.prediction(item.model, item.prediction)}>{item.prediction}</Link>
        </Fact>
      </Facts>
      {said !== undefined && (
        <p className={classes.said}>
          You have {said}. <span className={classes.quiet}>Answering again corrects it.</span>
        </p>
      )}
      {may ? (
        <>
          {record !== null && <Answers {...{ answer, busy, act }} />}
          <div className={classes.steps}>
            <Step onClick={() => act({ do: 'skip' })} hint="s" disabled={busy}>
              Cannot tell
            </Step>
            <Step onClick={() => act({ do: 'previous' })} hint="k">
              Previous
            </Step>
            <Step onClick={() => act({ do: 'next' })} hint="j">
              Next
            </Step>
          </div>
        </>
      ) : (
        <p className={classes.quiet}>You may look; who may change the model answers.</p>
      )}
    </Panel>
  );
}

/** The classes with their keys, and a field for what is none of them. */
function Answers({ answer: { as, classes: known }, busy, act }: Pick<Props, 'answer' | 'busy' | 'act'>) {
  const [text, setText] = useState('');
  const typed = typedAnswer(text, as);
  const label = { class: 'Another class', number: 'The true value', items: 'Items that were relevant, separated by commas' }[as]; // biome-ignore format: one line
  return (
    <>
      {known.length > 0 && (
        <fieldset className={classes.choices}>
          <legend>The truth is</legend>
          {known.map((name, i) => (
            <Button
              key={name}
              variant="default"
              size="sm"
              disabled={busy}
              onClick={() => act({ do: 'answer', label: name })}
              leftSection={i < 9 ? <kbd className={classes.key}>{i + 1}</kbd> : undefined}
            >
              {name}
            </Button>
          ))}
        </fieldset>
      )}
      <form
        className={classes.typed}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== null && !busy) act({ do: 'answer', label: typed });
        }}
      >
        <TextInput
          label={label}
          size="xs"
          value={text}
          inputMode={as === 'number' ? 'decimal' : 'text'}
          autoFocus={as === 'number'}
          error={text.trim() !== '' && typed === null ? 'is not a number' : undefined}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" variant="default" size="xs" disabled={typed === null || busy}>
          Answer
        </Button>
      </form>
    </>
  );
}

interface StepProps {
  readonly onClick: () => void;
  readonly hint: string;
  readonly disabled?: boolean;
  readonly children: string;
}

function Step({ onClick, hint, disabled = false, children }: StepProps) {
  return (
    <Button
      variant="subtle"
      size="xs"
      {...{ onClick, disabled }}
      rightSection={<kbd className={classes.key}>{hint}</kbd>}
    >
      {children}
    </Button>
  );
}
