import { TiltmeterError } from '../../../contract/errors.ts';

/**
 * A file comes as the body itself: the form of a browser (`curl -F`) would be read as a table whose columns are the form's own lines.
 * Errors: unsupported_media_type.
 */
export function requireWholeFile(contentType: string | undefined): void {
  if (!/^\s*multipart\//i.test(contentType ?? '')) return;
  throw new TiltmeterError(
    'unsupported_media_type',
    'a form is not supported here: send the file itself as the body (curl --data-binary @FILE instead of -F)',
  );
}
