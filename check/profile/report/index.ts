import type { TableProfile } from '../../../contract/table-profile.ts';
import type { ReportStyle } from '../../report/index.ts';
import { profileHtmlReport } from './html.ts';
import { profileJsonReport } from './json.ts';
import { profileMarkdownReport } from './markdown.ts';
import { profileTableReport } from './table.ts';

/** Every way to write a profile; the key is the value of `--format`. */
export const PROFILE_REPORTS = {
  table: profileTableReport,
  json: profileJsonReport,
  html: profileHtmlReport,
  markdown: profileMarkdownReport,
} as const satisfies Record<string, (profile: TableProfile, style: ReportStyle) => string>;
