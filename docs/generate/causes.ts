import type { Hypothesis } from '../../server/incidents/causes/cause.ts';
import { HYPOTHESES } from '../../server/incidents/causes/index.ts';

const MADE = '<!-- Made by "npm run docs" from server/incidents/causes/ and docs/generate/causes.ts. -->';

function causePage({ kind, title, about, advice }: Hypothesis): string {
  return `# ${title}

${MADE}

Kind \`${kind}\`.

${about}

## What to do

${advice}
`;
}

function causeIndex(): string {
  return `# Causes

${MADE}

What an incident offers as explanations. When it opens and whenever it changes, every hypothesis here is held against the model's profiles before and after the moment of
change, a sample of whole rows of both sides, its versions, traffic and labels. Each says how much of the change it accounts for, which of the alerts it explains, and what it predicts that is not seen; its
percentage (\`confidence\` in the API) is its own: how often an explanation that is worth so much is right, beside the best other one of the same alerts (\`server/incidents/calibrated.ts\`), as [the drill](../drill.md) measures it. Two that explain the same are never both likely. When none fits, none is named. Where nothing could be asked, causes are what the alerts alone suggest.

${HYPOTHESES.map(({ kind, title }) => `- [${title}](${kind}.md)`).join('\n')}
`;
}

export const CAUSE_PAGES: readonly (readonly [string, string])[] = [
  ['docs/causes/README.md', causeIndex()],
  ...HYPOTHESES.map((hypothesis) => [`docs/causes/${hypothesis.kind}.md`, causePage(hypothesis)] as const),
];
