import { rfc3339 } from '../../../contract/time.ts';
import { moment } from '../../store/lake/moment.ts';
import { among, anyOf, type Condition, inLake, type LakeRows, type Reach } from '../../store/of-subject.ts';

type Timed = { readonly at: number };

/** Of the model, and arrived before. */
const ITS = `model = {model:String} AND received_at < ${moment('before')}`;

function its(condition: Condition | undefined): Condition | undefined {
  return condition && { sql: `(${ITS} AND ${condition.sql})`, params: condition.params };
}

const dated = <Row extends Timed>({ at, ...row }: Row) => ({ ...row, time: rfc3339(Number(at)) });

const byId = ({ ids }: Reach) => its(among('id', 'found', ids));
const AT = 'toUnixTimestamp64Milli(time) AS at';

interface LabelRow extends Timed {
  readonly label: string;
  readonly label_number: number | null;
  readonly human: number;
}

export const LABELS_OF_SUBJECT = inLake<LabelRow>({
  ...{ type: 'label', table: 'labels', final: true, led: byId },
  select: `id, label, label_number, source, human, ${AT}`,
  key: 'id, time, label, source',
  shown: ({ label, label_number, human, ...row }) => ({
    ...dated(row),
    ...{ label: label_number ?? label, human: Number(human) === 1 },
  }),
});

export const OUTCOMES_OF_SUBJECT = inLake<Timed>({
  ...{ type: 'outcome', table: 'outcomes', led: byId, shown: dated },
  ...{ select: `id, metric, value, ${AT}`, key: 'id, time, event_id' },
});

/** Refused events that have what was asked for, and those of its ids. */
export const REJECTS_OF_SUBJECT = inLake<Timed>({
  ...{ type: 'reject', table: 'rejects', final: true },
  asked: ({ refused }) => ({
    sql: `(${refused.sql} AND received_at < ${moment('before')})`,
    params: refused.params,
  }),
  led: ({ ids }) => its(among("JSONExtractString(raw, 'id')", 'found', ids)),
  ...{ select: 'id, kind, code, message, raw, toUnixTimestamp64Milli(received_at) AS at', key: 'id' },
  shown: ({ at, ...row }) => ({ ...row, received_at: rfc3339(Number(at)) }),
});

/** Records of pipeline stages; a service that has no request id of its own tells the id of the prediction. */
export const STAGES_OF_SUBJECT = inLake<Timed>({
  ...{ type: 'stage', table: 'stages', shown: dated },
  led: ({ ids, requests, traces }) =>
    its(
      anyOf([
        among('request_id', 'found', [...ids, ...requests]),
        among("replaceAll(lower(trace_id), '-', '')", 'traces', traces),
      ]),
    ),
  select: `event_id AS event, stage, level, message, version, request_id, trace_id, duration_ms, worked_rows AS rows, attributes, ${AT}`,
  key: 'event_id',
} satisfies LakeRows<Timed>);
