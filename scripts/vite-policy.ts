import type { Plugin } from 'vite';
import { META_CSP } from './headers.ts';

/** Puts the policy into the page as the very first tag of `<head>`: it governs only what comes after it. */
export function policyMeta(): Plugin {
  return {
    name: 'tessera-policy-meta',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${META_CSP}" />`),
    },
  };
}
