import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { ImportSummary } from '../../contract/table.ts';
import { eventsOf } from '../../mapping/batches.ts';
import { type Plan, planImport, type Sending } from '../../mapping/plan.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';
import { nothingYet } from '../../mapping/summary.ts';
import type { Understood } from '../../mapping/understood.ts';
import type { LookedThroughTable } from '../../tables/look-through.ts';
import { openRows, type RowTable, type UnreadPlace } from '../../tables/open-rows.ts';
import type { TableRow } from '../../tables/table-row.ts';
import type { ConnectionOptions } from '../connection.ts';
import { Interrupted } from '../failure.ts';
import { note, say, type Terminal } from '../terminal.ts';
import { understoodInWords, warningInWords } from './in-words.ts';
import { knownModel } from './known-model.ts';
import { type Looks, looksOf } from './look-once.ts';
import { parseMapping } from './parse-mapping.ts';
import { type Place, type Places, placesOf } from './place.ts';
import { type Bar, progress } from './progress.ts';
import { sendAll } from './send.ts';

export interface ImportOptions extends ConnectionOptions {
  readonly model: string;
  readonly kind: 'predictions' | 'labels';
  readonly map: string[];
  readonly ignore: string[];
  readonly guess: boolean;
  readonly dryRun?: boolean;
  readonly restart?: boolean;
  readonly json?: boolean;
}

/** What an import takes its table for. */
export interface Looked {
  readonly files: readonly string[];
  readonly rows: number;
  readonly unreadable_lines: number;
  readonly understood: Understood;
  readonly notes: readonly string[];
}

/** What an import did. */
export type Imported = Looked & ImportSummary;

/** What an import would send, of which nothing was sent. */
export interface DryRun extends Looked {
  /** The first row as the events that it becomes; null where it has none of the kind. */
  readonly first: { readonly prediction: unknown; readonly label: unknown };
}

/** A table that was looked through, and what is decided about it. */
interface Opened {
  readonly table: RowTable;
  readonly plan: Plan;
  readonly looked: Looked;
  readonly model: KnownModel;
  readonly bar: Bar;
  readonly looks: Looks;
  readonly through: LookedThroughTable;
}

const STOPPING = '\nstops when the batch under way is stored; Ctrl-C again stops at once\n';

/** Says what it takes the table for, and sends it. */
export function runImport(
  terminal: Terminal,
  client: Tiltmeter,
  patterns: readonly string[],
  options: ImportOptions,
): Promise<Imported> {
  return opened(terminal, client, patterns, options, async (found) => {
    const { table, plan, looked, model, bar, looks, through } = found;
    const { sending } = plan;
    looks.keep(through);
    const { roles, ignored } = sending.mapping;
    const url = options.url ?? terminal.env.TILTMETER_URL ?? '';
    const places = placesOf(terminal, table.files, [
      url,
      sending.model,
      sending.use,
      [...roles],
      [...ignored],
    ]);
    const from = placeToGoOn(places, model, options.restart);
    if (from !== undefined)
      terminal.stderr.write(
        `goes on behind row ${figure(from.summary.rows)}, where the last try stopped; --restart begins anew\n`,
      );
    const summary = from?.summary ?? nothingYet();
    try {
      const rows = table.rows((bytes) => bar.show(table.bytes + bytes, summary.rows));
      const stop = terminal.interrupt?.();
      stop?.addEventListener('abort', () => terminal.stderr.write(STOPPING));
      if (!(await sendAll(client, sending, rows, places, from, summary, stop))) throw new Interrupted();
    } catch (error) {
      if (summary.rows > 0)
        terminal.stderr.write(
          `stopped behind row ${figure(summary.rows)}; the same command goes on from there\n`,
        );
      throw error;
    }
    places.forget();
    looks.forget();
    summary.unreadable_lines = table.unread.length;
    summary.first_reasons.push(...table.unread.slice(0, 5).map((place) => inWords(place, table)));
    return { ...looked, ...summary };
  });
}

/** The same without sending; the types of a model's columns are asked for where there is a server. */
export function dryRun(
  terminal: Terminal,
  client: Tiltmeter | null,
  patterns: readonly string[],
  options: ImportOptions,
): Promise<DryRun> {
  return opened(terminal, client, patterns, options, async ({ table, plan, looked }) => ({
    ...looked,
    first: await firstEvents(plan.sending, table.rows()),
  }));
}

/** The file is read twice: what its columns are is known when all of it has been looked at. */
async function opened<T>(
  terminal: Terminal,
  client: Tiltmeter | null,
  patterns: readonly string[],
  options: ImportOptions,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const asked = parseMapping(options.map, options.ignore);
  const table = await openRows(patterns);
  const bar = progress(terminal, 2 * table.bytes);
  try {
    // First: who cannot reach the server learns it before gigabytes are read.
    const model = client === null ? NO_MODEL : await knownModel(client, options.model);
    const looks = looksOf(terminal, table);
    if (options.restart) looks.forget();
    const through = await looks.through((bytes) => bar.show(bytes, 0));
    const { survey, sample, unread } = through;
    const { files, format, notes } = table;
    const wanted = { ...options, use: options.kind, now: terminal.clock() };
    const plan = planImport(survey, sample, model, asked, wanted);
    const looked = {
      files,
      rows: survey.rows,
      unreadable_lines: unread,
      understood: plan.understood,
      notes,
    };
    bar.clear();
    if (!options.json) say(terminal, understoodInWords({ ...looked, format }, plan.understood));
    for (const warning of plan.understood.warnings) note(terminal, warningInWords(warning));
    return await use({ table, plan, looked, model, bar, looks, through });
  } finally {
    bar.clear();
    table.close();
  }
}

const NO_MODEL: KnownModel = { exists: null, types: new Map() };

/** A model that is not there has nothing of an earlier try either. */
function placeToGoOn(
  places: Places,
  { exists }: KnownModel,
  restart: boolean | undefined,
): Place | undefined {
  if (!restart && exists !== false) return places.read();
  places.forget();
  return undefined;
}

async function firstEvents(sending: Sending, rows: AsyncIterable<TableRow>): Promise<DryRun['first']> {
  for await (const row of rows) {
    const { predictions, labels } = eventsOf([{ row, index: 0 }], sending);
    return { prediction: predictions[0] ?? null, label: labels[0] ?? null };
  }
  return { prediction: null, label: null };
}

function inWords({ file, line, reason }: UnreadPlace, { files }: RowTable): string {
  return `${files.length > 1 ? `${file}, ` : ''}line ${line}: ${reason}`;
}

const figure = (n: number) => n.toLocaleString('en-US');
