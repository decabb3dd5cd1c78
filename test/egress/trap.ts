import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The other side: one TCP and one UDP port per attempt, so that even a bare connection or a lone datagram is counted against its channel. */
export interface Trap {
  port: number;
  hits: { tcp: number; udp: number; http: string[] };
  close(): void;
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.js|script|import|worker/, 'text/javascript'],
  [/css/, 'text/css'],
  [/svg/, 'image/svg+xml'],
  [/html|frame|open|nav/, 'text/html'],
];

const WELCOMING = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Opens a trap on this machine. It answers every request as willingly as an attacker would. */
export async function openTrap(host = '127.0.0.1'): Promise<Trap> {
  const hits: Trap['hits'] = { tcp: 0, udp: 0, http: [] };
  const server = createServer((req, res) => {
    const url = req.url ?? '';
    hits.http.push(`${req.method} ${url}`);
    const type = TYPES.find(([pattern]) => pattern.test(url))?.[1] ?? 'text/plain';
    res.writeHead(200, { 'content-type': type, ...WELCOMING });
    res.end(type === 'text/html' ? '<p>attacker</p>' : '');
  });
  server.on('upgrade', (req, socket) => {
    hits.http.push(`UPGRADE ${req.url}`);
    socket.destroy();
  });
  server.on('connection', () => hits.tcp++);
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, host, done));
  const { port } = server.address() as AddressInfo;
  const udp = createSocket('udp4');
  udp.on('message', () => hits.udp++);
  await new Promise<void>((done) => {
    udp.once('listening', done);
    udp.once('error', () => done()); // the port is taken for UDP: TCP alone is watched
    udp.bind(port, host);
  });
  udp.on('error', () => {});
  const close = (): void => {
    server.closeAllConnections();
    server.close();
    udp.close();
  };
  return { port, hits, close };
}
