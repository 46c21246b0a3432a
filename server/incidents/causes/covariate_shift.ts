import { changeOf, moved } from '../evidence/column-change.ts';
import { driverOf, driversOf } from '../evidence/drivers.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { listed } from '../title.ts';
import { follows, type Hypothesis } from './cause.ts';

/** What it is worth that inputs moved, when no one respect accounts for it. */
const SOMEHOW = 0.6;
/** And what, when nothing else moved with the one that did. */
const ALONE = 0.8;

/** The inputs themselves changed: other people, another season, another source. */
export const covariate_shift: Hypothesis = {
  kind: 'covariate_shift',
  title: 'Covariate shift',
  about:
    'The inputs are other than those before, and no column is broken in a way that has a name. Where one column of numbers accounts for it, so that rows from before, weighted by it, look like those after in every column, that column is named. It says nothing about harm; lost quality in the same incident does.',
  advice:
    'See how the column moved, and whether the model was trained on such data. If quality falls with it, train again on recent data.',
  trust: 0.9,
  explain({ facts, evidence }) {
    const changed = featuresOf(evidence)
      .filter(moved)
      .sort((a, b) => changeOf(b).gap / changeOf(b).noise - changeOf(a).gap / changeOf(a).noise);
    if (changed.length === 0) return [];
    const names = changed.map(({ name }) => name);
    const numbers = changed.filter(({ type }) => type === 'numeric').map(({ name }) => name);
    const driver =
      evidence.rows === null
        ? null
        : driverOf(driversOf(evidence.rows), (column) => numbers.includes(column));
    const led = driver !== null && driver.fit > SOMEHOW;
    const others = names.filter((name) => name !== driver?.column);
    const along = others.length === 0 ? '' : `, and with it ${listed(others)}`;
    return [
      {
        columns: led ? [driver.column] : names.slice(0, 3),
        fit: led ? driver.fit * (driver.others === null ? ALONE : 1) : SOMEHOW,
        unseen: led ? driver.unseen : 0,
        explains: follows(facts, names),
        sentence: led
          ? `the rows that are asked about are others: ${driver.column} moved${along}; that alone accounts for ${percent(driver.explained)} of the change`
          : `${listed(names)} ${names.length > 1 ? 'are' : 'is'} distributed unlike before, with no sign of a broken column`,
        evidence: [
          { name: 'columns_moved', value: names.length },
          ...(driver === null ? [] : [{ name: 'accounted_by_one', value: driver.explained }]),
          { name: 'n', value: changed[0]!.after.n },
        ],
      },
    ];
  },
};
