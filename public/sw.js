// The service worker of Tessera, by hand and without imports, so that it can be read whole. On a host that sends no headers its own network
// is the one thing that no policy closes. So it does this and nothing else:
//   install: fetch the files of the shell, each held to its SHA-256;
//   fetch:   answer listed files of this origin from the cache, with the policy's headers on every answer; the engine and the demo
//            data are fetched and kept, held to their hash, when first asked for; refuse everything that is foreign or not a GET;
//   message: SKIP_WAITING, sent when the user agrees to a new version.
// The next line is filled by scripts/build-sw.ts; a test pins the SHA-256 of all the rest.
const BUILD = { headers: {}, shell: {}, later: {} };

const CACHE = 'tessera';
const SCOPE = self.registration.scope;
const FILES = { ...BUILD.shell, ...BUILD.later };

/** Files are kept under their hash: a new version fetches only what changed. */
const keyOf = (hash) => SCOPE + '.by-hash/' + encodeURIComponent(hash);

/** Fetches one listed file of this origin; rejects if its bytes are not those of the release. */
async function fetchListed(name) {
  const url = name === 'index.html' ? SCOPE : SCOPE + name; // some hosts redirect index.html to its folder
  const response = await fetch(url, { integrity: FILES[name], cache: 'no-cache', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(name + ': ' + response.status);
  return response;
}

/** The kept copy of a listed file, fetched and kept now if it is not there yet. */
async function listed(name) {
  const cache = await caches.open(CACHE);
  const key = keyOf(FILES[name]);
  const kept = await cache.match(key);
  if (kept) return kept;
  const fresh = await fetchListed(name);
  await cache.put(key, fresh.clone()).catch(() => {}); // a full disk must not stop the app
  return fresh;
}

/** The same answer with the policy's headers, which the host may not have sent. */
function guarded(body, status, type) {
  return new Response(body, { status, headers: { ...BUILD.headers, 'Content-Type': type, 'Cache-Control': 'no-cache' } });
}

async function answer(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return Response.error();
  const name = decodeURIComponent(url.origin + url.pathname).slice(decodeURIComponent(SCOPE).length) || 'index.html';
  if (!Object.hasOwn(FILES, name)) return guarded('There is nothing at this address.\n', 404, 'text/plain; charset=utf-8');
  try {
    const response = await listed(name);
    return guarded(response.body, 200, response.headers.get('Content-Type') ?? 'application/octet-stream');
  } catch {
    if (request.mode !== 'navigate') return Response.error();
    return guarded('Tessera could not be loaded: its host cannot be reached, or serves other files than those of the release.\n', 503, 'text/plain; charset=utf-8');
  }
}

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    Object.entries(BUILD.shell).map(async ([name, hash]) => {
      if (!(await cache.match(keyOf(hash)))) await cache.put(keyOf(hash), await fetchListed(name));
    }),
  );
}

async function activate() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.values(FILES).map(keyOf));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  await self.clients.claim();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => event.respondWith(answer(event.request)));
self.addEventListener('message', (event) => {
  if (event.data === 'SKIP_WAITING') self.skipWaiting();
});
