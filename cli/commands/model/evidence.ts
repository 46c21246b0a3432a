import { Command } from 'commander';
import type { Tiltmeter } from '../../../clients/typescript/tiltmeter.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { counted } from '../../../contract/counted.ts';
import type { Incident } from '../../../contract/incident.ts';
import { example } from '../../command.ts';
import { type ConnectionOptions, connect, connecting } from '../../connection.ts';
import { pages } from '../../pages.ts';
import { say, type Terminal } from '../../terminal.ts';
import { type RangeOptions, rangeQuery, ranging } from './card.ts';
import { type EvidenceFolder, evidenceFolder } from './evidence-folder.ts';

interface Wanted {
  readonly out: string;
  /** False with --no-audit. */
  readonly audit: boolean;
}

/** Post-mortems that are asked for at the same time. */
const AT_ONCE = 4;

/**
 * What an auditor asks for of a model and a time, as files with a list of their checksums: `sha256sum --check SHA256SUMS` shows
 * later that none was changed.
 */
export function evidenceOfModel(terminal: Terminal): Command {
  const command = ranging(connecting(new Command('evidence')))
    .description('a folder for whoever asks what happened: the card, incidents, changes and who changed what')
    .argument('<model>', 'name of the model')
    .requiredOption('--out <folder>', 'where to write it; made when it is not there')
    .option('--no-audit', 'without the audit log, which is of all models and people')
    .action(
      async (
        model: string,
        { out, audit, from, to, ...connection }: RangeOptions & ConnectionOptions & Wanted,
      ) => {
        const client = connect(terminal, connection);
        const query = rangeQuery({ ...(from && { from }), ...(to && { to }) });
        const folder = evidenceFolder(out);
        const lacking = await gather(client, model, query, folder, audit);
        say(terminal, `Wrote ${counted(await folder.close(), 'file')} and SHA256SUMS to ${out}.`);
        for (const line of lacking) say(terminal, line);
      },
    );
  return example(
    command,
    'tiltmeter model evidence credit-risk --from 2026-07-01T00:00:00Z --to 2026-10-01T00:00:00Z --out credit-risk-q3',
  );
}

/** Writes everything that there is of the model and the time; what is not to be had is said, a line for each. */
async function gather(
  client: Tiltmeter,
  model: string,
  query: URLSearchParams,
  folder: EvidenceFolder,
  audit: boolean,
): Promise<string[]> {
  const path = `/models/${encodeURIComponent(model)}`;
  const get = <T>(of: string) => client.call<T>('GET', of);
  const card = await get<string>(`${path}/card?${query}`);
  const { from, to } = spanOf(card);
  const range = { from, to };
  const search = new URLSearchParams(range);
  await folder.write('card.md', card);
  await folder.write('card.html', await get<string>(`${path}/card?${query}&format=html`));
  await folder.write('model.json', json(await get(path)));
  for (const part of ['quality', 'fairness', 'versions'])
    await folder.write(`${part}.json`, json(await get(`${path}/${part}?${search}`)));
  await folder.write('monitors.json', listOf(pages(client, '/monitors', { model })));
  await folder.write('references.json', listOf(pages(client, `${path}/references`)));
  await folder.write('changes.json', listOf(pages(client, '/changes', { model, ...range })));
  const ids: string[] = [];
  const incidents = pages<Incident>(client, '/incidents', { model, limit: '200', ...range });
  await folder.write('incidents.json', listOf(noting(incidents, ids)));
  // Each costs the server several questions of its stores, so some at a time.
  const left = ids.values();
  const postmortems = async () => {
    for (const id of left)
      await folder.write(
        `incidents/${id}.md`,
        await get<string>(`/incidents/${encodeURIComponent(id)}/postmortem`),
      );
  };
  await Promise.all(Array.from({ length: AT_ONCE }, postmortems));
  if (!audit) return [];
  try {
    await folder.write('audit.json', listOf(auditOf(client, range)));
    await folder.write('audit-verification.json', json(await get('/audit/verify')));
    return ['audit.json has what was changed of every model and person: --no-audit leaves it out'];
  } catch (error) {
    return [`Without the audit log: ${(error as Error).message}`];
  }
}

/** The pages as they are, their ids noted on the way. */
async function* noting(lists: AsyncIterable<readonly Incident[]>, ids: string[]) {
  for await (const page of lists) {
    for (const { id } of page) ids.push(id);
    yield page;
  }
}

/** The range that a card was made of, as its second paragraph says; what people call the model stands before it. */
function spanOf(card: string): { from: string; to: string } {
  const [, from, to] = /^Made \S+ of the events from (\S+) to (\S+)\.$/m.exec(card) ?? [];
  if (from === undefined || to === undefined) throw new Error('The card does not say of which time it is');
  return { from, to };
}

/** Entries of the audit log from a moment on, the newest first: what was changed later may have changed what is told of before. */
async function* auditOf(client: Tiltmeter, { from }: { readonly from: string }) {
  for await (const page of pages<AuditEntry>(client, '/audit', { limit: '200' })) {
    const since = page.filter(({ at }) => at >= from);
    yield since;
    if (since.length < page.length) return;
  }
}

/** A list of JSON, an item a line, of pages that come. */
async function* listOf(lists: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const page of lists) {
    if (page.length === 0) continue;
    yield before + page.map((item) => JSON.stringify(item)).join(',\n');
    before = ',\n';
  }
  yield before === ',\n' ? '\n]\n' : '[]\n';
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
