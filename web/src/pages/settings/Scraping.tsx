import { useQuery } from '@tanstack/react-query';
import { scrapeTargetsQuery } from '../../api/queries.ts';
import type { ScrapeTarget, ScrapeTargets } from '../../api/types.ts';
import { count, duration, NOTHING, plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Ago } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type State, severity } from '../../ui/state.ts';
import classes from './settings.module.css';

const STATES: Record<ScrapeTarget['state'], State> = {
  up: 'ok',
  partial: 'warning',
  down: 'failing',
  new: 'no_data',
};
const WORDS: Record<ScrapeTarget['state'], string> = {
  up: 'up',
  partial: 'in part',
  down: 'down',
  new: 'not yet',
};

/** What Tiltmeter asks for metrics by itself, and how each target does. */
export function Scraping() {
  const scraping = useQuery(scrapeTargetsQuery);
  return (
    <>
      <p className={classes.intro}>
        Exporters that Tiltmeter asks for their metrics by itself, without a Prometheus between. A file on the
        server says which; it is read again when it changes.
      </p>
      <Loaded
        of={scraping}
        what="What is scraped could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={6} height={44} />}
      >
        {(told) => (
          <>
            <Problems told={told} />
            {told.items.length === 0 ? <None file={told.file} /> : <Targets items={told.items} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function None({ file }: Pick<ScrapeTargets, 'file'>) {
  if (file !== null)
    return (
      <Empty title="The file names no target.">
        Add a job to <code>{file.path}</code> (docs/scraping.md): it is scraped within ten seconds.
      </Empty>
    );
  return (
    <Empty title="Nothing is scraped.">
      Write what to scrape into a file, in the form of Prometheus’s <code>scrape_configs</code>, and start the
      server with <code>TILTMETER_SCRAPE_FILE</code>, and <code>TILTMETER_SCRAPE_PRIVATE_ADDRESSES=1</code>{' '}
      for targets in a private network (docs/scraping.md). Where a Prometheus runs, have it send its samples
      instead (docs/telemetry.md).
    </Empty>
  );
}

function Problems({ told: { file } }: { told: ScrapeTargets }) {
  if (file === null || file.problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label="What of the file is not used">
      {file.problems.map(({ job, message }) => (
        <li key={`${job} ${message}`}>
          <StateMark state="warning" label={job === '' ? file.path : `Job ${job}`} word={false} />
          <span>
            <strong>{job === '' ? file.path : `Job ${job}`}</strong>: {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Targets({ items }: { items: readonly ScrapeTarget[] }) {
  const of = (state: ScrapeTarget['state']) => items.filter((item) => item.state === state).length;
  const told = (['down', 'partial', 'new', 'up'] as const)
    .filter((state) => of(state) > 0)
    .map((state) => `${count(of(state))} ${WORDS[state]}`);
  const worstFirst = [...items].sort((a, b) => severity(STATES[b.state]) - severity(STATES[a.state]));
  return (
    <>
      <p className={classes.state}>
        {plural(items.length, 'target')}: {told.join(', ')}.
      </p>
      <PlainTable
        stack
        label="Targets of scrapes"
        rows={worstFirst}
        rowKey={({ id }) => id}
        columns={[
          {
            title: 'State',
            value: ({ state }) => severity(STATES[state]),
            cell: ({ state, since }) => (
              <span className={classes.state} title={`since ${since}`}>
                <StateMark state={STATES[state]} label={WORDS[state]} word={false} />
                {WORDS[state]}
              </span>
            ),
          },
          { title: 'Job', value: ({ job }) => job, cell: ({ job }) => job },
          {
            title: 'Target',
            value: ({ url }) => url,
            cell: ({ url, labels }) => <span title={labelsOf(labels)}>{url}</span>,
          },
          {
            title: 'Last scrape',
            value: ({ last }) => last?.at ?? null,
            cell: ({ last }) => (last === null ? NOTHING : <Ago at={last.at} />),
          },
          { title: 'Every', align: 'right', cell: ({ interval_ms }) => duration(interval_ms) },
          {
            title: 'Took',
            align: 'right',
            value: ({ last }) => last?.duration_ms ?? null,
            cell: ({ last }) => (last === null ? NOTHING : duration(last.duration_ms)),
          },
          {
            title: 'Samples',
            align: 'right',
            value: ({ last }) => last?.samples ?? null,
            cell: ({ last }) => (last === null ? NOTHING : samplesOf(last)),
          },
          { title: 'What is wrong, and what to do', cell: Wrong },
        ]}
      />
    </>
  );
}

function Wrong({ error }: ScrapeTarget) {
  if (error === null) return NOTHING;
  return (
    <span className={classes.scrapeError} title={error.code}>
      {sentence(error.message)} <span>{error.hint}</span>
    </span>
  );
}

const sentence = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1).replace(/\.?$/, '.')}`;

const labelsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');

const samplesOf = ({ samples, refused }: NonNullable<ScrapeTarget['last']>) =>
  refused === 0 ? count(samples) : `${count(samples)}, ${count(refused)} refused`;
