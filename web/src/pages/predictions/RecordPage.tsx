import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation, useRouter } from '@tanstack/react-router';
import { modelQuery, predictionQuery } from '../../api/queries.ts';
import type { Model, PredictionDetail } from '../../api/types.ts';
import { digits, duration, NOTHING, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { DAY } from '../../time/range.ts';
import { Fact, Facts } from '../../ui/Facts.tsx';
import { Left } from '../../ui/icons.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { LinksOut } from '../links/LinksOut.tsx';
import { ofPrediction } from '../links/values.ts';
import { ModelHeader } from '../ModelHeader.tsx';
import { Features } from './Features.tsx';
import classes from './predictions.module.css';
import { SubjectActions } from './SubjectActions.tsx';
import { TracePanel } from './TracePanel.tsx';
import { labelText, valueText } from './values.ts';

const page = getRouteApi('/shell/models/$model/predictions/$id');

/** Everything that is known about one prediction. */
export function RecordPage() {
  const { model: id, id: record } = page.useParams();
  const model = useQuery(modelQuery(id));
  const found = useQuery(predictionQuery(id, record));
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={80}>
      {(one) => (
        <>
          <ModelHeader model={one} time={{}} child={record} />
          <BackToList />
          <Loaded of={found} what="This prediction could not be read:" height={500}>
            {(prediction) => <Known model={one} record={prediction} />}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

/** The list as it was left: its filter, its order and where it was scrolled to. */
function BackToList() {
  const router = useRouter();
  const { state } = useLocation();
  if (state.fromList !== true) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      mb={8}
      leftSection={<Left />}
      onClick={() => router.history.back()}
    >
      Back to the list
    </Button>
  );
}

/** How relevant an offered item turned out to be; 0 where nobody said. */
const relevanceOf = ({ label }: PredictionDetail, item: string) => ({
  relevance: label?.items?.find((one) => one.item === item)?.relevance ?? 0,
});

function Known({ model, record }: { model: Model; record: PredictionDetail }) {
  const at = Date.parse(record.time);
  const probabilities = Object.entries(record.probabilities).sort((a, b) => b[1] - a[1]);
  const tags = Object.entries(record.tags);
  return (
    <div className={classes.record}>
      <div className={classes.side}>
        <Panel title="Answer">
          <p className={classes.answer}>
            <b>{valueText(record.ranked[0]?.item ?? record.prediction)}</b>
            {record.ranked.length > 0 && <span>first of {plural(record.ranked.length, 'item')}</span>}
            {record.score !== null && <span>score {digits(record.score)}</span>}
          </p>
          <Facts>
            <Fact name="Label">
              {record.label === null ? (
                'not known yet'
              ) : (
                <>
                  {labelText(record.label)}, known <Moment at={record.label.time} />
                  {record.label.source && ` from ${record.label.source}`}
                  {record.label.human && ', by a person'}
                </>
              )}
            </Fact>
            <Fact name="Error">{record.error ?? 'none'}</Fact>
            <Fact name="Latency">{record.latency_ms === null ? NOTHING : duration(record.latency_ms)}</Fact>
          </Facts>
          {record.labels.length > 1 && (
            <PlainTable
              label="Labels that came, the one that counts first"
              rows={record.labels}
              rowKey={({ value, time, source, human }) => JSON.stringify([value, time, source, human])}
              columns={[
                {
                  title: 'Labels that came',
                  cell: (label) =>
                    label === record.labels[0] ? (
                      <>
                        <b>{labelText(label)}</b>, counts
                      </>
                    ) : (
                      labelText(label)
                    ),
                },
                { title: 'Known', cell: ({ time }) => <Moment at={time} /> },
                {
                  title: 'From',
                  cell: ({ source, human }) =>
                    [source, human ? 'a person' : ''].filter(Boolean).join(', ') || NOTHING,
                },
              ]}
            />
          )}
          {record.ranked.length > 0 && (
            <PlainTable
              label="Items"
              rows={record.ranked.map((one, i) => ({
                ...one,
                rank: i + 1,
                ...relevanceOf(record, one.item),
              }))}
              rowKey={({ rank }) => rank}
              columns={[
                { title: 'Rank', align: 'right', cell: ({ rank }) => rank },
                { title: 'Item', cell: ({ item }) => item },
                { title: 'Score', align: 'right', cell: ({ score }) => digits(score) },
                ...(record.label?.items == null
                  ? []
                  : [
                      {
                        title: 'Relevance',
                        align: 'right' as const,
                        cell: ({ relevance }: { relevance: number }) => valueText(relevance),
                      },
                    ]),
              ]}
            />
          )}
          {probabilities.length > 0 && (
            <PlainTable
              label="Probabilities"
              rows={probabilities}
              rowKey={([name]) => name}
              columns={[
                { title: 'Class', cell: ([name]) => name },
                { title: 'Probability', align: 'right', cell: ([, value]) => digits(value) },
              ]}
            />
          )}
        </Panel>
        <Panel title="Where it came from">
          <Facts>
            <Fact name="Time">
              <Moment at={record.time} />
            </Fact>
            <Fact name="Received">
              <Moment at={record.received_at} />
            </Fact>
            <Fact name="Version">{record.version || NOTHING}</Fact>
            <Fact name="Variant">{record.variant ?? NOTHING}</Fact>
            <Fact name="Trace">{record.trace_id === null ? NOTHING : <code>{record.trace_id}</code>}</Fact>
            <Fact name="Request">
              {record.request_id === null ? NOTHING : <code>{record.request_id}</code>}
            </Fact>
            <LinksOut
              place="prediction"
              values={ofPrediction(model, record)}
              as={(links) => <Fact name="Open in">{links}</Fact>}
            />
            {tags.map(([name, value]) => (
              <Fact key={name} name={name}>
                {value}
              </Fact>
            ))}
          </Facts>
          <p className={classes.links}>
            <Link {...paths.predictions(model.id, { from: at - DAY, to: at + DAY })}>
              Predictions of these days
            </Link>
          </p>
          <div className={classes.links}>
            <SubjectActions model={model.id} who={{ id: [record.id] }} />
          </div>
        </Panel>
      </div>
      <div className={classes.main}>
        <Features model={model} record={record} />
        {record.trace_id !== null && <TracePanel model={model.id} record={record.id} />}
      </div>
    </div>
  );
}
