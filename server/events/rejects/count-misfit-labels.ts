import type { Ctx } from '../../context.ts';
import { moment } from '../../store/lake/moment.ts';

/** Labels of another type than those of their model that came in a stretch of time and were refused; they are kept among the rejects. */
export async function countMisfitLabels(
  { lake }: Pick<Ctx, 'lake'>,
  model: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  const [row] = await lake.query<{ n: number }>(
    `SELECT uniqExact(id) AS n FROM tiltmeter.rejects
WHERE model = {model:String} AND code = 'label_type_mismatch' AND received_at >= ${moment('from')} AND received_at < ${moment('to')}`,
    { model, from, to },
  );
  return row?.n ?? 0;
}
