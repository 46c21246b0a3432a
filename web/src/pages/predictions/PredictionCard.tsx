import { Link } from '@tanstack/react-router';
import type { PredictionRecord } from '../../api/types.ts';
import { digits } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './predictions.module.css';
import { labelText, valueText } from './values.ts';

/** A prediction on a phone: what was answered, what was true, when. */
export function PredictionCard({ model, record }: { model: string; record: PredictionRecord }) {
  return (
    <>
      <Link {...paths.prediction(model, record.id)} state={{ fromList: true }} className={classes.cardName!}>
        {record.id}
      </Link>
      <p>
        predicted <b>{valueText(record.prediction)}</b>
        {record.score !== null && `, score ${digits(record.score)}`}, label{' '}
        <b>{record.label === null ? 'not known' : labelText(record.label)}</b>
      </p>
      {record.error !== null && <StateMark state="failing" label={record.error} />}
      <span className={classes.quiet}>
        <Moment at={record.time} />
        {record.version !== '' && `, version ${record.version}`}
      </span>
    </>
  );
}
