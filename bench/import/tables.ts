import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { random } from '../../stats/random.ts';
import { Engine } from '../../tables/engine/engine.ts';
import { literal } from '../../tables/engine/sql.ts';

const NUMBERS = 40;
const CATEGORIES = 8;
const START = Date.UTC(2026, 7, 1);
/** Rows that are written at once. */
const PIECE = 2000;
const WORDS =
  'the applicant asked for more time since income came late this month and rent rose again after moving'.split(
    ' ',
  );

/** Loans as text of at least so many bytes: 40 numbers, 8 categories and a note, about 1 kB a row. @returns the rows. */
export async function writeLoans(path: string, bytes: number): Promise<number> {
  const next = random(5);
  const file = createWriteStream(path);
  const list = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));
  const names = [...list(NUMBERS, (i) => `n${i}`), ...list(CATEGORIES, (i) => `c${i}`), 'note'];
  file.write(`loan,scored_at,decision,score,${names.join()}\n`);
  let rows = 0;
  for (let written = 0; written < bytes; ) {
    const lines = list(PIECE, () => {
      const score = next();
      const head = [`L${rows}`, new Date(START + 1000 * rows++).toISOString(), score > 0.5 ? 'yes' : 'no'];
      const numbers = list(NUMBERS, () => (1000 * next()).toFixed(3));
      const categories = list(CATEGORIES, (i) => `k${Math.floor((5 + i) * next())}`);
      const note = list(90, () => WORDS[Math.floor(WORDS.length * next())]).join(' ');
      return `${[...head, score.toFixed(4), ...numbers, ...categories].join()},"${note}"\n`;
    });
    const text = lines.join('');
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return rows;
}

/** Parquet of so many rows with an id, a prediction and so many numeric columns. */
export async function writeWide(path: string, rows: number, columns: number): Promise<void> {
  const engine = new Engine({ threads: 2, maxMemoryBytes: 4e9 });
  const numbers = Array.from({ length: columns }, (_, i) => `rand(${i}) % 100000 / 7 AS f${i}`);
  const select = ["concat('w', toString(number)) AS id", 'rand() % 100 / 7 AS prediction', ...numbers];
  try {
    await engine.rows(
      `INSERT INTO FUNCTION file(${literal(path)}, 'Parquet') SELECT ${select.join()} FROM numbers(${rows})`,
    );
  } finally {
    engine.close();
  }
}
