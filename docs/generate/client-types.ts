import { z } from 'zod';
import { Change } from '../../contract/change.ts';
import { Label } from '../../contract/label.ts';
import { Outcome } from '../../contract/outcome.ts';
import { Prediction } from '../../contract/prediction.ts';
import { Receipt } from '../../contract/receipt.ts';
import { StageRecord } from '../../contract/stage.ts';

type Json = z.core.JSONSchema.BaseSchema;

const EVENTS: readonly [name: string, says: string, schema: z.ZodType][] = [
  [
    'Prediction',
    "What a model's service sends per answer; `model` and one of `features` or `prediction` are required.",
    Prediction,
  ],
  [
    'Label',
    'The truth about one prediction, whenever it becomes known. A later label of the same id replaces the earlier one.',
    Label,
  ],
  [
    'Outcome',
    'What the business saw: a value of a metric, joined to a prediction when an id is given.',
    Outcome,
  ],
  [
    'Change',
    'Something people changed: a deploy, a schema, a configuration. Drawn on every time axis.',
    Change,
  ],
  [
    'Stage',
    'What a stage of a pipeline says of itself: a log line, a step that is done, or both.',
    StageRecord,
  ],
  [
    'Receipt',
    'Sent after the events are stored. `rejected` names the first hundred that were refused; `index` counts from the first event of the call.',
    Receipt,
  ],
];

/** The types of events and receipts as the client has them: of the contract's schemas, without the contract. */
export function clientTypes(): string {
  const types = EVENTS.map(([name, says, schema]) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return `/** ${says} */\nexport type ${name} = ${typeOf(json, '')};`;
  });
  return `// Made by "npm run docs" from contract/.\n\n${types.join('\n\n')}\n`;
}

/** The TypeScript type of what a JSON schema accepts. Only what the schemas of events use; throws on anything else. */
function typeOf(schema: Json, indent: string): string {
  const { anyOf, type, properties, additionalProperties, items, required = [] } = schema;
  if (anyOf !== undefined) return [...new Set(anyOf.map((each) => typeOf(each as Json, indent)))].join(' | ');
  if (Array.isArray(type)) return type.map((each) => typeOf({ type: each }, indent)).join(' | ');
  if (type === 'object' && properties !== undefined) {
    const deeper = `${indent}  `;
    const fields = Object.entries(properties).map(
      ([name, field]) =>
        `${deeper}${name}${required.includes(name) ? '' : '?'}: ${typeOf(field as Json, deeper)};`,
    );
    return `{\n${fields.join('\n')}\n${indent}}`;
  }
  if (type === 'object') return `Record<string, ${typeOf(additionalProperties as Json, indent)}>`;
  if (type === 'array') return `${plain(typeOf(items as Json, indent))}[]`;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean' || type === 'null') return type;
  throw new Error(`The client knows no type for ${JSON.stringify(schema)}`);
}

/** A union needs brackets before what follows binds to all of it. */
function plain(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type;
}
