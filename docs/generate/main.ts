import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './pages.ts';

for (const [path, page] of PAGES) writeFileSync(join(import.meta.dirname, '../..', path), page);
