import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from './errors.ts';

writeFileSync(join(import.meta.dirname, '../errors.md'), errorsPage());
