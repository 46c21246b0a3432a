import { asWritten, plain } from '../../plain-markdown.ts';
import type { Block, Cell, Document } from './document.ts';

/** A document as Markdown: names and words of people stand in it as text, never as markup. Ends with a line feed. */
export function markdown(document: Document): string {
  return `${document.map(blockOf).join('\n\n')}\n`;
}

function blockOf(block: Block): string {
  if ('heading' in block) return `${'#'.repeat(block.level)} ${plain(block.heading)}`;
  if ('text' in block) return plain(block.text);
  if ('link' in block) return `[${plain(block.link)}](<${encodeURI(block.address)}>)`;
  if ('list' in block) return block.list.map((item) => `- ${plain(item)}`).join('\n');
  const text = (cell: Cell) => (typeof cell === 'string' ? plain(cell) : asWritten(cell.written));
  const line = (cells: readonly Cell[]) => `| ${cells.map(text).join(' | ')} |`;
  return [line(block.head), `|${block.head.map(() => ' --- |').join('')}`, ...block.rows.map(line)].join(
    '\n',
  );
}
