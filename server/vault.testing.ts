import { createVault } from './vault.ts';

/** For tests that keep no secrets. */
export const TEST_SECRET = 'a-secret-key-for-tests-of-32-or-more-characters';
export const TEST_VAULT = createVault([TEST_SECRET]);
