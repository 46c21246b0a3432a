import { TiltmeterError } from '../../../contract/errors.ts';
import { compared } from '../../events/predictions/condition.ts';
import type { LabelSearch } from '../../events/predictions/filter.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { classExpressions, labelMode } from './mode.ts';

/** What a search may ask about labels that a roll-up put beside their predictions. */
export const LABELS_BESIDE: LabelSearch = {
  columns: ['_label', '_correct', '_absolute_error'],
  ids({ task, prediction }, condition, within, key) {
    const ids = (where: string) => `SELECT cityHash64(id) FROM (
      SELECT id, label, label_number, prediction, prediction_number FROM tiltmeter.labelled FINAL
      WHERE model = {model:String} AND ${within} ${FINAL_SETTINGS}
    ) WHERE ${where}`;
    if (condition === undefined) return { sql: ids('true'), params: {} };
    const { column, operator, value } = condition;
    if (operator === 'invalid') throw new TiltmeterError('invalid_request', `${column} is never invalid`);
    const numbers = labelMode(task, prediction) === 'numeric';
    if (column === '_correct') {
      if (numbers)
        throw new TiltmeterError(
          'invalid_request',
          '_correct is of classes: filter a number by _absolute_error',
        );
      if (operator !== 'eq' || (value !== 'true' && value !== 'false'))
        throw new TiltmeterError(
          'invalid_request',
          'where: _correct is _correct:eq:true, _correct:eq:false or _correct:missing',
        );
      const { actual, predicted } = classExpressions(task, prediction);
      return { sql: ids(`${predicted} ${value === 'true' ? '=' : '!='} ${actual}`), params: {} };
    }
    if (column === '_absolute_error' && !numbers)
      throw new TiltmeterError(
        'invalid_request',
        '_absolute_error is of numbers: filter classes by _correct',
      );
    const sql =
      column === '_absolute_error'
        ? 'abs(prediction_number - label_number)'
        : numbers
          ? 'label_number'
          : 'label';
    const asked = { sql, none: `${sql} IS NULL`, type: numbers ? 'numeric' : 'text' } as const;
    const fragment = compared(condition, asked, key);
    return { sql: ids(fragment.sql), params: fragment.params };
  },
};
