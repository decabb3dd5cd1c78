/**
 * The one source of the page's policy. The server of `npm start`, `public/_headers`, `docs/nginx.conf`, the service worker and the
 * `<meta>` tag of index.html are all made from this file; a test holds them in step.
 */

/** What the page may do, as a host can say it in a header. `frame-ancestors` and `sandbox` work in a header only. */
const DIRECTIVES: readonly (readonly [name: string, value: string, headerOnly?: true])[] = [
  ['default-src', "'none'"],
  ['script-src', "'self' 'wasm-unsafe-eval'"],
  ['worker-src', "'self'"],
  ['connect-src', "'self'"],
  ['style-src', "'self' 'unsafe-inline'"],
  ['img-src', "'self' data: blob:"],
  ['font-src', "'self'"],
  ['manifest-src', "'self'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['frame-ancestors', "'none'", true],
  // No allow-popups, allow-forms or allow-top-navigation: that closes window.open, target=_blank and forms.
  ['sandbox', 'allow-scripts allow-same-origin allow-downloads allow-modals', true],
];

const join = (list: typeof DIRECTIVES): string => list.map(([name, value]) => `${name} ${value}`).join('; ');

/** The content security policy as a response header. */
export const CSP = join(DIRECTIVES);

/** The same for `<meta http-equiv>`, less what a `<meta>` cannot say. It is what holds on a host that sends no headers. */
export const META_CSP = join(DIRECTIVES.filter(([, , headerOnly]) => !headerOnly));

const REFUSED_FEATURES = [
  'payment',
  'publickey-credentials-get',
  'identity-credentials-get',
  'camera',
  'microphone',
  'geolocation',
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'display-capture',
];

/** Every header of the policy, to be sent on every response: page, worker scripts, service worker, engine, data. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CSP,
  'Connection-Allowlist': '(response-origin)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': REFUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
};
