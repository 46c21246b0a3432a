import { DataType, type Field, RecordBatchReader, type Timestamp, TimeUnit } from 'apache-arrow';
import { identifier } from '../../../../tables/identifier.ts';

/**
 * The columns of an Arrow IPC stream in the engine's words, for `file(…)` and `input(…)`: without it the engine would
 * guess, and each driver in its own way. Reads only the header of the stream.
 * A stream of one text column → "`id` String"
 */
export function arrowStructure(arrow: Uint8Array): string {
  const { schema } = RecordBatchReader.from(arrow).open();
  return schema.fields.map((field) => `${identifier(field.name)} ${columnType(field)}`).join(', ');
}

/** A value as a literal of the engine. `literal("it's")` → "'it\\'s'" */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function columnType(field: Field): string {
  const { type, nullable } = field;
  if (DataType.isMap(type)) {
    const [key, value] = type.children[0]!.type.children as [Field, Field];
    return `Map(${scalarType(key.type)}, ${scalarType(value.type)})`;
  }
  if (DataType.isDictionary(type)) {
    const text = scalarType(type.dictionary);
    return `LowCardinality(${nullable ? `Nullable(${text})` : text})`;
  }
  return nullable ? `Nullable(${scalarType(type)})` : scalarType(type);
}

function scalarType(type: DataType): string {
  if (DataType.isUtf8(type)) return 'String';
  if (DataType.isFloat(type)) return 'Float64';
  if (DataType.isInt(type)) return `${type.isSigned ? 'Int' : 'UInt'}${type.bitWidth}`;
  if (DataType.isBool(type)) return 'Bool';
  if (DataType.isTimestamp(type) && (type as Timestamp).unit === TimeUnit.MILLISECOND)
    return "DateTime64(3, 'UTC')";
  throw new TypeError(`an Arrow column of type ${type} has no place in the lake`);
}
