import type { Ids } from '../../context.ts';
import type { EventKind } from '../kinds/index.ts';
import type { ParsedEvent } from '../parsed-event.ts';
import type { Refusal } from '../validate/refusal.ts';
import type { Tables } from '../write/tables.ts';
import { addReject, rejectBatch, type StoredReject } from './reject.ts';

/** Characters of a refused event that are kept. */
const RAW_LENGTH = 65_536;
const TRUNCATED = ' (kept in part: the event is longer than 65,536 characters)';

export interface RejectsOptions {
  /** Of one request, and of one kind of event. */
  readonly most: number;
  readonly tables: Tables;
  readonly clock: () => number;
  readonly ids: Ids;
}

/** Refused events, kept with the reason so that they can be repaired and sent again. */
export class Rejects {
  readonly #options: RejectsOptions;

  constructor(options: RejectsOptions) {
    this.#options = options;
  }

  /** Keeps the refused events of one request, the first of them; the promise is when it is stored. */
  keep(kind: EventKind): (index: number, refusal: Refusal, event: ParsedEvent) => Promise<void> | void {
    let kept = 0;
    return (_index, refusal, event) => {
      if (++kept > this.#options.most) return;
      const raw = rawText(event);
      const long = raw.length > RAW_LENGTH;
      return this.#put({
        id: this.#options.ids.id(),
        receivedAt: this.#options.clock(),
        kind,
        model: modelName(event),
        code: refusal.code,
        message: long ? refusal.message + TRUNCATED : refusal.message,
        raw: storable(long ? raw.slice(0, RAW_LENGTH) : raw),
        replayedAt: null,
      });
    };
  }

  async markReplayed(rejects: readonly StoredReject[]): Promise<void> {
    const replayedAt = this.#options.clock();
    const stored = rejects.map((reject) => this.#put({ ...reject, replayedAt }));
    await Promise.all(stored);
  }

  #put(reject: StoredReject): Promise<void> {
    const group = this.#options.tables.open('rejects', rejectBatch, 'rejects');
    addReject(group.batch, reject);
    group.batch.bytes += reject.raw.length + 200;
    return group.stored;
  }
}

/** What of a text a store keeps. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** The event's text: as it was sent where that is at hand, else written anew. */
function rawText(event: ParsedEvent): string {
  if (event.raw !== undefined) return event.raw;
  try {
    return 'value' in event ? (JSON.stringify(event.value) ?? '') : '';
  } catch {
    // Nested too deeply to be written.
    return '';
  }
}

function modelName(event: ParsedEvent): string {
  const value = 'value' in event ? event.value : undefined;
  const model =
    typeof value === 'object' && value !== null ? (value as { model?: unknown }).model : undefined;
  return typeof model === 'string' && model.length <= 256 ? storable(model) : '';
}
