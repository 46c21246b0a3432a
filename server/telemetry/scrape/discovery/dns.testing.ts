import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';

const TYPES: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA', 33: 'SRV' };
const NO_SUCH_NAME = 3;

/** A name server (RFC 1035) with the records of a map, by `A name` or `SRV name`: addresses, or `host:port`. */
export async function startNameServer(records: Map<string, readonly string[]>) {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at]!; length > 0; length = query[at]!) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const type = query.readUInt16BE(at + 1);
    const question = query.subarray(12, at + 5);
    const found = records.get(`${TYPES[type]} ${labels.join('.')}`);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (found === undefined ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found?.length ?? 0, 6);
    const answers = (found ?? []).map((record) => answer(type, record));
    socket.send(Buffer.concat([header, question, ...answers]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const names = new Resolver({ timeout: 500, tries: 1 });
  names.setServers([`127.0.0.1:${socket.address().port}`]);
  let open = true;
  return {
    names,
    stop() {
      if (open) socket.close();
      open = false;
    },
  };
}

/** The name of the question, a type, the class IN, no time to live, and the data of the record. */
function answer(type: number, record: string): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, 0]);
  const data = dataOf(type, record);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataOf(type: number, record: string): Buffer {
  if (type === 1) return Buffer.from(record.split('.').map(Number));
  if (type === 28)
    return Buffer.from(
      record
        .split(':')
        .map((part) => part.padStart(4, '0'))
        .join(''),
      'hex',
    );
  const [host, port] = record.split(':') as [string, string];
  const name = host.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([0, 0, 0, 0, Number(port) >> 8, Number(port) & 255, ...name, 0]);
}
