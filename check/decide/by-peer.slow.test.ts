import { saysAsPeers } from './by-peer.testing.ts';

saysAsPeers((table) => table === 'adult');
