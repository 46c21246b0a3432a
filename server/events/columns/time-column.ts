import { type Data, Int64, makeData } from 'apache-arrow';
import { wholeNumbers } from '../../store/lake/arrow/values.ts';
import { momentOf } from '../../store/lake/moment.ts';
import { NumberColumn } from './number-column.ts';

/** DateTime64(3, 'UTC') from epoch milliseconds; NULL where nothing was written. */
export class TimeColumn extends NumberColumn {
  readonly select = momentOf;

  override toArrow(rows: number): Data {
    const { values, nulls } = this.first(rows);
    return makeData({ type: new Int64(), length: rows, data: wholeNumbers(values), ...nulls });
  }
}
