import { type Found, isEvent, type ParsedEvent } from '../../parsed-event.ts';

/** What is to be done with a document. */
export const ACTIONS = ['index', 'create', 'update', 'delete'] as const;
export type ActionName = (typeof ACTIONS)[number];

export interface Item {
  readonly action: ActionName;
  /** What it is to be filed under, where the line says so. */
  readonly index: string | undefined;
  readonly id: string | undefined;
  /** The document, or why there is none that could be stored. */
  readonly document: ParsedEvent;
}

interface Action extends Omit<Item, 'document'> {}

/**
 * The documents of a bulk request: lines of which one says what is to be done and the next is the document. A line that is neither is
 * refused alone, and so is what cannot be done: nothing that is stored is changed or removed.
 */
export function* itemsOf(lines: Iterable<Found>): Generator<Item> {
  let waiting: Action | undefined;
  for (const line of lines) {
    if (!isEvent(line)) continue;
    const action = actionOf(line);
    if (action === undefined) {
      yield waiting === undefined
        ? { ...NO_ACTION, document: refused('no action stands before this document', line) }
        : { ...waiting, document: waiting.action === 'update' ? refused(ONLY_NEW, line) : line };
      waiting = undefined;
      continue;
    }
    if (waiting !== undefined)
      yield { ...waiting, document: refused('no document follows its action', line) };
    waiting = undefined;
    if (action.action === 'delete') yield { ...action, document: refused(ONLY_NEW, line) };
    else waiting = action;
  }
  if (waiting !== undefined) yield { ...waiting, document: refused('no document follows its action') };
}

const ONLY_NEW = 'records are only added: index and create do that';
const NO_ACTION: Action = { action: 'index', index: undefined, id: undefined };

function actionOf(line: ParsedEvent): Action | undefined {
  if ('code' in line || typeof line.value !== 'object' || line.value === null) return undefined;
  const [[name, about] = [], ...others] = Object.entries(line.value);
  const action = ACTIONS.find((each) => each === name);
  if (action === undefined || others.length > 0 || typeof about !== 'object' || about === null)
    return undefined;
  const { _index: index, _id: id } = about as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 256) : undefined);
  return { action, index: text(index), id: text(id) };
}

function refused(message: string, line?: ParsedEvent): ParsedEvent {
  return { code: 'invalid_event', message, raw: line?.raw ?? '' };
}
