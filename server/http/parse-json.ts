import { TiltmeterError } from '../../contract/errors.ts';
import { shapeOf } from '../json-scan.ts';

/** No body of the API is nested half as deep; a parser makes objects of every bracket, and takes long. */
const DEEPEST = 16;

/**
 * The JSON of a whole body; undefined when it is empty, because clients like to send `content-type: application/json`
 * with DELETE. A name `__proto__` is refused: what reads names into objects would leave it out without a word. Errors:
 * unsupported_encoding, invalid_json, invalid_unicode.
 */
export async function parseJson(
  request: { readonly headers: Record<string, unknown> },
  body: string | Buffer,
): Promise<unknown> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new TiltmeterError('unsupported_encoding');
  const text = String(body);
  if (text === '') return undefined;
  if (shapeOf(text).depth > DEEPEST)
    throw new TiltmeterError('invalid_json', `the body is nested more than ${DEEPEST} deep`);
  const value = parsed(text);
  // Only an escape can bring in what no store keeps; most bodies have none.
  if (/\\u(0000|d[89a-f])/i.test(text) && !every(value, storable))
    throw new TiltmeterError('invalid_unicode');
  if (/__proto__|\\u005f/i.test(text) && !every(value, isNoPrototype))
    throw new TiltmeterError(
      'invalid_json',
      'a name in the body is "__proto__", which is kept nowhere: call it something else',
    );
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TiltmeterError('invalid_json', `the body is not valid JSON: ${(error as Error).message}`);
  }
}

/** Whether a text has neither a lone surrogate nor a NUL. */
const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const isNoPrototype = (text: string, isName: boolean): boolean => !isName || text !== '__proto__';

/** Whether all strings in it, names and values, are as `is` says. However deep it is, the stack is not. */
function every(root: unknown, is: (text: string, isName: boolean) => boolean): boolean {
  const rest = [root];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') {
      if (!is(value, false)) return false;
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        if (!Array.isArray(value) && !is(name, true)) return false;
        rest.push(each);
      }
    }
  }
  return true;
}
