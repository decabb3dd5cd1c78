export const DAMAGES = ['truncate', 'flip', 'zero', 'delete'] as const;
export type Damage = (typeof DAMAGES)[number];

/**
 * Code for a page of the app's origin that harms one file of its private file system, as a lost power supply or a bad disk would.
 * `pick` chooses the file, `at` (0 to 1) the place in it. Answers the path, or null where there is no file.
 */
export const harm = (pick: number, how: Damage, at: number): string => `(async () => {
  const files = [];
  const walk = async (folder, path) => {
    for await (const [name, entry] of folder.entries())
      if (entry.kind === 'file') files.push([path + name, entry, folder]);
      else await walk(entry, path + name + '/');
  };
  await walk(await navigator.storage.getDirectory(), '');
  files.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  if (!files.length) return null;
  const [path, file, folder] = files[${pick} % files.length];
  const before = new Uint8Array(await (await file.getFile()).arrayBuffer());
  const place = Math.floor(before.length * ${at});
  let after = before.slice();
  switch (${JSON.stringify(how)}) {
    case 'delete': await folder.removeEntry(file.name); return path;
    case 'truncate': after = after.slice(0, place); break;
    case 'zero': after.fill(0, place); break;
    case 'flip': if (after.length) after[Math.min(place, after.length - 1)] ^= 64;
  }
  const writer = await file.createWritable();
  await writer.write(after);
  await writer.close();
  return path;
})()`;
