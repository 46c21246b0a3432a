import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { Tiltmeter } from '../../../clients/typescript/tiltmeter.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { counted } from '../../../contract/counted.ts';
import type { Incident } from '../../../contract/incident.ts';
import type { ModelQuality } from '../../../contract/quality.ts';
import { example } from '../../command.ts';
import { type ConnectionOptions, connect, connecting } from '../../connection.ts';
import { everything } from '../../pages.ts';
import { say, type Terminal } from '../../terminal.ts';
import { type RangeOptions, rangeQuery, ranging } from './card.ts';

/** A file of the pack: its path in the folder, and what stands in it. */
type File = readonly [path: string, text: string];

/**
 * What an auditor asks for of a model and a time, as files with a list of their checksums: `sha256sum --check SHA256SUMS` shows
 * later that none was changed.
 */
export function evidenceOfModel(terminal: Terminal): Command {
  const command = ranging(connecting(new Command('evidence')))
    .description('a folder for whoever asks what happened: the card, incidents, changes and who changed what')
    .argument('<model>', 'name of the model')
    .requiredOption('--out <folder>', 'where to write it; made when it is not there')
    .action(
      async (
        model: string,
        { out, from, to, ...connection }: RangeOptions & ConnectionOptions & { readonly out: string },
      ) => {
        const client = connect(terminal, connection);
        const query = rangeQuery({ ...(from && { from }), ...(to && { to }) });
        const { files, lacking } = await gather(client, model, query);
        const sums = files.map(([path, text]) => `${sha256(text)}  ${path}\n`).join('');
        for (const [path, text] of [...files, ['SHA256SUMS', sums] as const]) {
          await mkdir(dirname(join(out, path)), { recursive: true });
          await writeFile(join(out, path), text);
        }
        say(terminal, `Wrote ${counted(files.length, 'file')} and SHA256SUMS to ${out}.`);
        for (const line of lacking) say(terminal, line);
      },
    );
  return example(
    command,
    'tiltmeter model evidence credit-risk --from 2026-07-01T00:00:00Z --to 2026-10-01T00:00:00Z --out credit-risk-q3',
  );
}

async function gather(client: Tiltmeter, model: string, query: URLSearchParams) {
  const path = `/models/${encodeURIComponent(model)}`;
  const get = <T>(of: string) => client.call<T>('GET', of);
  const card = await get<string>(`${path}/card?${query}`);
  const page = await get<string>(`${path}/card?${query}&format=html`);
  const { from, to } = spanOf(card);
  const range = { from, to };
  const search = new URLSearchParams(range);
  const incidents = await everything<Incident>(client, '/incidents', { model, limit: '200', ...range });
  const files: File[] = [
    ['card.md', card],
    ['card.html', page],
    ['model.json', json(await get(path))],
    ['quality.json', json(await get<ModelQuality>(`${path}/quality?${search}`))],
    ['fairness.json', json(await get(`${path}/fairness?${search}`))],
    ['versions.json', json(await get(`${path}/versions?${search}`))],
    ['monitors.json', json(await everything(client, '/monitors', { model }))],
    ['references.json', json(await everything(client, `${path}/references`))],
    ['changes.json', json(await everything(client, '/changes', { model, ...range }))],
    ['incidents.json', json(incidents)],
  ];
  for (const { id } of incidents)
    files.push([`incidents/${id}.md`, await get<string>(`/incidents/${encodeURIComponent(id)}/postmortem`)]);
  const lacking: string[] = [];
  try {
    files.push(['audit.json', json(await auditOf(client, range))]);
    files.push(['audit-verification.json', json(await get('/audit/verify'))]);
  } catch (error) {
    lacking.push(`Without the audit log: ${(error as Error).message}`);
  }
  return { files, lacking };
}

/** The range that a card was made of, as its second paragraph says. */
function spanOf(card: string): { from: string; to: string } {
  const [, from, to] = /of the events from (\S+) to (\S+)\.$/m.exec(card) ?? [];
  if (from === undefined || to === undefined) throw new Error('The card does not say of which time it is');
  return { from, to };
}

/** Entries of the audit log from a moment on, the newest first: what was changed later may have changed what is told of before. */
async function auditOf(client: Tiltmeter, { from }: { readonly from: string }): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '200', ...(cursor !== '' && { cursor }) });
    const page: { items: AuditEntry[]; next_cursor: string | null } = await client.call(
      'GET',
      `/audit?${query}`,
    );
    const since = page.items.filter(({ at }) => at >= from);
    found.push(...since);
    cursor = since.length < page.items.length ? null : page.next_cursor;
  }
  return found;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
