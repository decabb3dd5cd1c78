/** The server of `npm start`: serves the built app with the whole policy on every response. `--bare` leaves the policy out (for tests). */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { HEADERS } from './headers.ts';
import { mimeOf } from './mime.ts';

export interface ServeOptions {
  /** The folder to serve. */
  dir: string;
  /** First port to try; the next free one is taken if it is busy. 0 lets the system choose. */
  port?: number;
  host?: string;
  /** Send no policy header at all, as a plain static host would. */
  bare?: boolean;
}

export interface Served {
  url: string;
  close(): Promise<void>;
}

interface Asset {
  body: Buffer;
  type: string;
  etag: string;
  modified: number;
  packed: Map<string, Promise<Buffer>>;
}

// The engine is left as it is: packing 34 MB takes longer than sending them to the same machine.
const PACKS = /^(text\/|application\/(json|manifest)|image\/svg)/;
const PACKERS: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** Reads files below one folder, each once for as long as it does not change. */
function reader(dir: string): (pathname: string) => Promise<Asset | null> {
  const root = resolve(dir);
  const kept = new Map<string, Asset>();
  return async (pathname) => {
    const wanted = resolve(join(root, pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    if (pathname.includes('\0') || !wanted.startsWith(root + sep)) return null;
    const path = await realpath(wanted).catch(() => null); // a link must not lead out of the folder either
    if (!path?.startsWith((await realpath(root)) + sep)) return null;
    const info = await stat(path);
    if (!info.isFile()) return null;
    const before = kept.get(path);
    if (before?.modified === info.mtimeMs) return before;
    const body = await readFile(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const asset: Asset = { body, type: mimeOf(path), etag, modified: info.mtimeMs, packed: new Map() };
    kept.set(path, asset);
    return asset;
  };
}

async function answer(req: IncomingMessage, res: ServerResponse, read: ReturnType<typeof reader>, bare: boolean): Promise<void> {
  if (!bare) for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
  res.setHeader('Cache-Control', 'no-cache');
  const plain = (status: number, text: string): void => void res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
  if (req.method !== 'GET' && req.method !== 'HEAD') return plain(405, 'Only GET is answered here.');
  let pathname: string;
  try {
    pathname = decodeURIComponent(new URL(req.url ?? '/', 'http://host').pathname);
  } catch {
    return plain(400, 'That address cannot be read.');
  }
  const asset = await read(pathname);
  if (!asset) return plain(404, 'There is nothing at this address.');
  res.setHeader('ETag', asset.etag).setHeader('Content-Type', asset.type).setHeader('Vary', 'Accept-Encoding');
  if (req.headers['if-none-match'] === asset.etag) return void res.writeHead(304).end();
  let body = asset.body;
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const encoding = PACKS.test(asset.type) && body.length > 1024 ? Object.keys(PACKERS).find((name) => accepted.includes(name)) : undefined;
  const pack = encoding === undefined ? undefined : PACKERS[encoding];
  if (encoding !== undefined && pack) {
    const packed = asset.packed.get(encoding) ?? pack(body);
    asset.packed.set(encoding, packed);
    body = await packed;
    res.setHeader('Content-Encoding', encoding);
  }
  res.writeHead(200, { 'Content-Length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });

/** Starts serving `dir` and answers where. Throws when none of twenty ports is free. */
export async function startServer({ dir, port = 4173, host = '127.0.0.1', bare = false }: ServeOptions): Promise<Served> {
  const read = reader(dir);
  const server = createServer((req, res) => {
    answer(req, res, read, bare).catch(() => {
      if (!res.headersSent) res.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      res.end('This file could not be read.\n');
    });
  });
  for (let next = port; ; next++) {
    try {
      await listen(server, next, host);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || next >= port + 20) throw error;
    }
  }
  const at = (server.address() as AddressInfo).port;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://${host === '0.0.0.0' ? 'localhost' : host}:${at}/`, close };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const dir = option('--dir') ?? fileURLToPath(new URL('../dist', import.meta.url));
  if (!existsSync(join(dir, 'index.html'))) {
    console.error('There is no built app yet. Run `npm run build` first, or `npm start`, which does both.');
    process.exit(2);
  }
  const bare = args.includes('--bare');
  const { url } = await startServer({ dir, port: Number(option('--port') ?? 4173), host: option('--host') ?? '127.0.0.1', bare });
  console.log(`Tessera is at ${url}${bare ? ' (without the policy headers)' : ''}\nStop it with Ctrl-C.`);
}
