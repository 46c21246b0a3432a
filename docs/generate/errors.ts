import { ERRORS, type ErrorCode, type ErrorKind } from '../../contract/errors.ts';
import { EXPLANATIONS } from './error-explanations.ts';

const HEAD = `# Errors

<!-- Made by "npm run docs" from contract/errors.ts and docs/generate/error-explanations.ts. -->

Every error of the API has the same shape, and every code has its section here:

\`\`\`json
{ "error": { "code": "invalid_json", "message": "…", "hint": "…" } }
\`\`\`

\`message\` names the place, \`hint\` says what to do, \`details\` (where there is more to say) lists fields. The codes are stable; messages may
become better. In a receipt, rejected events carry a code and a message each; the status of such a reply is 200, because the other
events were stored. On the command line the same codes end a command with one line on stderr and exit code 1 (2 for misuse,
and when the server cannot start as it was asked to).
`;

/** The page of all error codes, in the order of the table. */
export function errorsPage(): string {
  const sections = Object.entries(ERRORS as Record<ErrorCode, ErrorKind>).map(
    ([code, { status, title, hint }]) =>
      `## \`${code}\`\n\n**${title}.** Status ${status}.\n\n${EXPLANATIONS[code as ErrorCode]}\n\nWhat to do: ${hint}\n`,
  );
  return [HEAD, ...sections].join('\n');
}
