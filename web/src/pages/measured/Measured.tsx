import type { ComparedMeasure, Measured } from '../../api/types.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import frame from '../frame/frame.module.css';
import { byOf, figureOf, surenessOf, verdictOf } from './words.ts';

interface Props {
  readonly of: Measured;
  readonly unit?: string;
}

/** A number, or why there is none, and under it how sure it is. */
export function Figure({ of, unit = '' }: Props) {
  return (
    <div>
      <b>{figureOf(of, unit)}</b>
      <div className={frame.quiet}>{surenessOf(of, unit)}</div>
    </div>
  );
}

/** A difference with its sign and interval, or why there is none. */
export function Difference({ of, unit = '' }: Props) {
  const told = byOf(of, unit);
  if (told === null)
    return <span className={frame.quiet}>{of.value === null ? figureOf(of, unit) : '–'}</span>;
  return (
    <div>
      <b>{told.by}</b>
      <div className={frame.quiet}>{told.sure}</div>
    </div>
  );
}

/** What a difference says, as a mark and its words. */
export function Verdict({ of }: { of: ComparedMeasure['verdict'] }) {
  const { state, text } = verdictOf({ verdict: of });
  return (
    <span className={frame.verdict}>
      <StateMark state={state} word={false} /> {text}
    </span>
  );
}
