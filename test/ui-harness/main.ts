import { mount } from 'svelte';
import '../../src/ui/app.css';
import App from '../../src/ui/App.svelte';
import { AppState } from '../../src/ui/state/app.svelte.ts';
import { shell } from '../../src/ui/state/shell.svelte.ts';
import type { Connection } from '../../src/ui/state/connection.ts';
import { KEPT, PROFILE } from './fake.ts';
import Gallery from './Gallery.svelte';
import { startLedger } from '../../src/ui/boot/ledger.ts';

const params = new URLSearchParams(location.search);
startLedger('This page');
const target = document.getElementById('app')!;
if (params.has('gallery')) mount(Gallery, { target, props: { profile: PROFILE } });
else {
  const app = new AppState();
  shell.boot = {
    state: 'open',
    sentence: 'Nothing leaves this tab: every check passed.',
    next: '',
    checks: [{ id: 'eval', where: 'This page', state: 'ok', sentence: 'This page: text cannot become code, so the policy is in force.' }],
  };
  const never = new Proxy(
    {},
    {
      get: (_, k) =>
        k === 'then'
          ? undefined
          : () =>
              Promise.resolve(
                k === 'list'
                  ? [
                      {
                        id: 'a',
                        name: 'Spring campaign',
                        savedAt: new Date(Date.now() - 8e7).toISOString(),
                        bytes: 212e6,
                        files: 5,
                        segments: 3,
                        readable: true,
                      },
                      { id: 'b', name: 'Retail orders 2010–11', savedAt: '2026-11-12T10:00:00Z', bytes: 45e6, files: 1, segments: 2, readable: true },
                    ]
                  : k === 'claim'
                    ? true
                    : { n: 1, savedAt: '' },
              ),
    },
  );
  if (params.has('doc'))
    app.show({
      ...KEPT,
      doc: {
        ...KEPT.doc,
        files: [
          {
            id: 'f',
            name: 'users.csv',
            bytes: 1,
            sha256: '',
            format: 'csv',
            dialect: null,
            rows: 1,
            rejected: 0,
            rejectedRows: [],
            columns: [],
            notes: [],
          },
        ],
      },
    });
  mount(App, { target, props: { app } });
  app.connection = { studio: never, keeper: never } as unknown as Connection;
}
