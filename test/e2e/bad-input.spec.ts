import { expect, test } from '@playwright/test';
import { drop, openApp, settled, visit } from './app.ts';

const file = (name: string, text: string | Buffer): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});
test('two columns and no user: Tessera asks, and never invents one', async ({ page }) => {
  await openApp(page);
  await drop(page, [file('two.csv', 'a,b\n1.5,x y\n2.5,z w\n3.5,q r\n')]);
  await settled(page);
  await visit(page, '#/data');
  await expect(page.getByText(/which one is the user/i).first()).toBeVisible();
});
