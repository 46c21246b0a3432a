import { deleteRows } from '../../store/lake/delete-rows.ts';
import type { OfModel } from '../../store/of-model.ts';

/** Series whose samples one statement removes. */
const PIECE = 10_000;
const OF_MODEL = "(Model = {model:String} OR Model = '' AND ServiceName = {model:String})";

/** Samples and native histograms of series that name a model, or name none and are of a job that bears its name; then the rows of these series. */
export const SERIES_OF_MODEL: OfModel = {
  name: 'metric_samples',
  store: 'lake',
  async remove({ lake }, { model, before }) {
    for (let after = 0n; ; ) {
      const found = await lake.query<{ series: string }>(
        `SELECT DISTINCT toString(Series) AS series, Series AS id FROM tiltmeter.metric_series WHERE ${OF_MODEL} AND Series > {after:UInt64} ORDER BY id LIMIT ${PIECE}`,
        { model, after },
        { background: true },
      );
      const series = found.map((row) => BigInt(row.series));
      if (series.length > 0)
        for (const table of ['metric_samples', 'metric_histograms'])
          await deleteRows(
            lake,
            table,
            "Series IN {series:Array(UInt64)} AND TimeUnix < fromUnixTimestamp64Milli({before:Int64}, 'UTC')",
            { series, before },
          );
      if (series.length < PIECE) break;
      after = series.at(-1)!;
    }
    await deleteRows(
      lake,
      'metric_series',
      `${OF_MODEL} AND StoredAt < fromUnixTimestamp64Milli({before:Int64}, 'UTC')`,
      { model, before },
    );
  },
};
