import { lakeTable } from '../store/lake/layout.ts';

/**
 * The profiles that agents sent, as statements of other rooms read them: `model`, `agent`, `sequence`, `column`, `type`, `time` (begin of the stretch),
 * `last`, `version`, the numbers of a profile, the grid that it lies on (`center`, `scale`), `received_at`. FINAL tells each once.
 */
export const SENT_PROFILES = lakeTable('sent_profiles');
