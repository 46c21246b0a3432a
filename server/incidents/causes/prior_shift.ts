import { moved } from '../evidence/column-change.ts';
import { driverOf, driversOf } from '../evidence/drivers.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { follows, type Hypothesis } from './cause.ts';

/** One outcome became more frequent; who has it looks as before. */
export const prior_shift: Hypothesis = {
  kind: 'prior_shift',
  title: 'Prior shift',
  about:
    'The outcomes have other shares than before, and that alone accounts for the change: rows from before, weighted by their label, look like those after in every column. It needs labels of both sides.',
  advice:
    'Check the threshold and the calibration for the new share of outcomes; then train again, or correct the scores for it.',
  trust: 0.92,
  explain({ facts, evidence }) {
    const label = evidence.columns.get('_label');
    if (evidence.rows === null || label === undefined) return [];
    const driver = driverOf(driversOf(evidence.rows), (column) => column === '');
    if (driver === null || driver.fit < 0.3) return [];
    const changed = featuresOf(evidence)
      .filter(moved)
      .map(({ name }) => name);
    return [
      {
        columns: [],
        // Where the inputs are as before, it is the relation between them and the outcomes that changed.
        fit:
          driver.others === null
            ? 0.5
            : Math.min(driver.fit, driver.others) * (changed.length === 0 ? 0.9 : 1),
        unseen: driver.unseen,
        explains: follows(facts, changed),
        sentence: `the outcomes have other shares than before; that alone accounts for ${percent(driver.explained)} of the change of the inputs`,
        evidence: [
          { name: 'accounted_by_outcomes', value: driver.explained },
          { name: 'n', value: evidence.rows.after.n },
        ],
      },
    ];
  },
};
