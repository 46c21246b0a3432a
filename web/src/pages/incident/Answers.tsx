import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { distributionQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import type { Range } from '../../time/range.ts';
import { columnName, sentenceCase } from '../metric.ts';
import classes from './incident.module.css';
import { lastWindow } from './story.ts';

const COLUMNS = ['_label', '_prediction'];

/** What they are told from. */
export const answersQuestions = (model: Model, incident: Props['incident']) =>
  COLUMNS.map((column) => distributionQuery(model.id, column, lastWindow(incident, model)));

interface Props {
  readonly model: Model;
  readonly incident: { readonly last_at: string };
}

/**
 * Where quality was lost: how the truth and the answers moved against the reference, in the last window of the incident. When
 * labels moved and predictions did not follow, no input explains it.
 */
export function Answers({ model, incident }: Props) {
  const range = lastWindow(incident, model);
  return (
    <ul className={classes.answers} aria-label="How labels and predictions moved">
      {COLUMNS.map((column) => (
        <Answer key={column} model={model} column={column} range={range} />
      ))}
    </ul>
  );
}

function Answer({ model, column, range }: { model: Model; column: string; range: Range }) {
  const { data } = useQuery(distributionQuery(model.id, column, range));
  if (data === undefined) return null;
  return (
    <li data-words>
      <b>{sentenceCase(columnName(column))}s</b>: {data.sentence}{' '}
      <Link {...paths.column(model.id, column, range)}>Compare with the reference</Link>
    </li>
  );
}
