import type { Label, LabelType } from '../../../contract/label.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What is known of a model, as far as its labels go by it. */
export interface LabelledModel {
  readonly task: string;
  /** What its labels are; null while there are too few to say. */
  readonly labelType: LabelType | null;
  /** Type of its predictions; undefined before the first. */
  readonly prediction: string | undefined;
}

type Value = Label['label'];

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** True or false, however it is written. `truthOf('True')` → true, `truthOf(2)` → undefined */
function truthOf(value: Value): boolean | undefined {
  return TRUTH.get(String(value).trim().toLowerCase());
}

/** What labels of a type are called in a message. */
const CALLED = {
  numeric: 'numbers',
  zero_or_one: '0 and 1',
  boolean: 'true and false',
  categorical: 'texts',
} as const;

/**
 * A label as the model has its labels: the same answer written otherwise (true where they are 0 and 1) is put into their
 * words. Refused is one that is none of their kind, which would take the place of a good one; while it is not known what
 * they are, only what a regression cannot use is. Example: `labelAs(1, { task: 'binary', labelType: 'boolean', … })` → true
 */
export function labelAs(value: Value, { task, labelType, prediction }: LabelledModel): Value | Refusal {
  if (task === 'ranking') return value;
  if (Array.isArray(value) && task !== 'regression')
    return task === 'unknown' ? value : mismatch('single values', value);
  if (task === 'regression' && labelType !== 'any')
    return labelNumber(value) === undefined ? mismatch('numbers', value) : value;
  switch (labelType) {
    case 'any':
      return value;
    case 'numeric':
      return labelNumber(value) === undefined ? mismatch(CALLED.numeric, value) : value;
    case 'zero_or_one': {
      const number = labelNumber(value);
      if (number !== undefined) return value;
      const truth = truthOf(value);
      return truth === undefined ? mismatch(CALLED.zero_or_one, value) : Number(truth);
    }
    case 'boolean':
      return truthOf(value) ?? mismatch(CALLED.boolean, value);
    case 'categorical':
      return typeof value === 'string' ? value : mismatch(CALLED.categorical, value);
    default:
      // Predictions that are true and false say how the first labels are meant.
      return prediction === 'boolean' ? (truthOf(value) ?? value) : value;
  }
}

function mismatch(called: string, value: Value): Refusal {
  return refuse(
    'label_type_mismatch',
    `the labels of this model are ${called}, and this one is ${kindOf(value)}`,
  );
}

/** What it is, not which: messages are read by more people than labels. */
const kindOf = (value: Value) => {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'true or false';
};

/** A label as a number, where it is one: `labelNumber('12.5')` → 12.5, `labelNumber('yes')` → undefined */
export function labelNumber(label: Value): number | undefined {
  if (typeof label === 'number') return label;
  if (typeof label !== 'string' || !/^\s*[-+]?(\d|\.\d)/.test(label)) return undefined;
  const value = Number(label);
  return Number.isFinite(value) ? value : undefined;
}
